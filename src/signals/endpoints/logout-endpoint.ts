import type { IncomingMessage } from 'node:http';
import type { ReceivingDependencies } from '../dependencies.ts';
import { takeLogout } from '../logout/take-logout.ts';
import type { Receiver } from '../receiver.ts';
import { refuseSignal, type SignalVerdict, signalRefusalKind } from '../signal-refusal.ts';
import type { SignalEndpoint } from './endpoint.ts';
import { readBody } from './read-body.ts';

/** OpenID Connect Back-Channel Logout 1.0 section 2.5: the logout token in a form. */
export const logoutEndpoint: SignalEndpoint = {
  path: 'logout',
  isOpen: ({ logout }) => logout !== undefined,
  take: takeForm,
  accepted: { status: 200 },
  /** Section 2.8: 400, with the members of RFC 6749 section 5.2. */
  refused(refusal) {
    const { err, title } = signalRefusalKind(refusal);
    if (err === undefined) return { status: 503 };
    return {
      status: err === 'access_denied' ? 429 : 400,
      body: { error: 'invalid_request', error_description: title },
    };
  },
};

async function takeForm(
  request: IncomingMessage,
  receiver: Receiver,
  dependencies: ReceivingDependencies,
): Promise<SignalVerdict<string>> {
  const { logout } = receiver;
  if (logout === undefined) return refuseSignal('request_malformed');
  const body = await readBody(request, 'application/x-www-form-urlencoded');
  if (!body.ok) return body;
  const [token, ...others] = new URLSearchParams(body.value.toString()).getAll('logout_token');
  if (token === undefined || others.length > 0) {
    return refuseSignal('request_malformed', { expected: 'one parameter logout_token' });
  }
  return takeLogout(token, receiver, logout, dependencies);
}
