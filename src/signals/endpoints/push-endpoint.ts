import type { IncomingMessage } from 'node:http';
import type { ReceivingDependencies } from '../dependencies.ts';
import type { Receiver } from '../receiver.ts';
import { takeSet } from '../set/take-set.ts';
import { refuseSignal, type SignalVerdict, signalRefusalKind } from '../signal-refusal.ts';
import type { SignalEndpoint } from './endpoint.ts';
import { readBody } from './read-body.ts';
import { sameSecret } from './same-secret.ts';

/** Push-based delivery (RFC 8935): one SET a request. */
export const pushEndpoint: SignalEndpoint = {
  path: 'push',
  isOpen: ({ sets }) => sets?.push !== undefined,
  take: takePush,
  accepted: { status: 202 },
  /** Section 2.4: "err" and "description"; 503 is no error of the SET's, and is tried again (section 2). */
  refused(refusal) {
    const { err, title } = signalRefusalKind(refusal);
    if (err === undefined) return { status: 503 };
    return { status: err === 'access_denied' ? 429 : 400, body: { err, description: title } };
  },
};

async function takePush(
  request: IncomingMessage,
  receiver: Receiver,
  dependencies: ReceivingDependencies,
): Promise<SignalVerdict<string>> {
  const { sets } = receiver;
  if (sets?.push === undefined) return refuseSignal('request_malformed');
  const { authorization } = sets.push;
  if (authorization !== undefined && !sameSecret(request.headers.authorization ?? '', authorization)) {
    return refuseSignal('not_authenticated', {
      given: request.headers.authorization === undefined ? 'nothing' : 'another',
    });
  }
  const body = await readBody(request, 'application/secevent+jwt');
  return body.ok ? takeSet(body.value.toString('latin1').trim(), 'push', receiver, sets, dependencies) : body;
}
