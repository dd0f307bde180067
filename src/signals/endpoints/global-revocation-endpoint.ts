import type { IncomingMessage } from 'node:http';
import { parseStrictJson } from '../../base/strict-json.ts';
import type { ReceivingDependencies } from '../dependencies.ts';
import { takeRevocationRequest } from '../global/take-revocation-request.ts';
import type { Receiver } from '../receiver.ts';
import { refuseSignal, type SignalRefusalCode, type SignalVerdict, signalRefusalKind } from '../signal-refusal.ts';
import type { SignalEndpoint } from './endpoint.ts';
import { readBody } from './read-body.ts';

/** What is wrong with the body; all else is wrong with who asks. */
const ofTheBody: ReadonlySet<SignalRefusalCode> = new Set([
  'request_malformed',
  'request_too_large',
  'subject_missing',
  'subject_malformed',
  'subject_unknown_format',
  'subject_of_another_issuer',
]);

/** draft-parecki-oauth-global-token-revocation-06, as Okta's Universal Logout asks for it. */
export const globalRevocationEndpoint: SignalEndpoint = {
  path: 'global-revocation',
  isOpen: ({ globalRevocation }) => globalRevocation !== undefined,
  take: takeRequest,
  accepted: { status: 204 },
  /** Section 3.4.2 has statuses alone, and leaves the body open. */
  refused(refusal) {
    const { err, title } = signalRefusalKind(refusal);
    const body = { error: refusal.code, error_description: title };
    if (err === undefined) return { status: 503 };
    if (err === 'access_denied') return { status: 429, body };
    return { status: ofTheBody.has(refusal.code) ? 400 : 401, body };
  },
};

async function takeRequest(
  request: IncomingMessage,
  receiver: Receiver,
  dependencies: ReceivingDependencies,
): Promise<SignalVerdict<string>> {
  const { globalRevocation } = receiver;
  if (globalRevocation === undefined) return refuseSignal('request_malformed');
  const [, bearer] = /^Bearer ([^\s,]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (bearer === undefined) return refuseSignal('not_authenticated', { expected: 'Authorization: Bearer JWT' });
  const body = await readBody(request, 'application/json');
  if (!body.ok) return body;
  const json = parseStrictJson(body.value);
  if (!json.ok) return refuseSignal('request_malformed', { expected: 'JSON', fault: json.fault });
  return takeRevocationRequest(bearer, json.value, receiver, globalRevocation, dependencies);
}
