import { signInSucceeded } from '../channels.ts';
import type { Attempt } from '../federation/attempt.ts';
import type { Identity } from '../federation/identify.ts';
import type { SignInIssuer } from '../federation/sign-in-issuer.ts';
import { guessAt } from './federated-sign-in.ts';
import { finishRemotely, type Visit } from './visit.ts';

/** Ends the sign-in of someone whom a federated issuer has vouched for. */
export async function admit(visit: Visit, identity: Identity, issuer: SignInIssuer, attempt: Attempt): Promise<void> {
  const { services, client, request } = visit;
  const at = services.clock();
  const facts = { at, signedIn: true, claims: identity.claims };
  const { subject } = await services.accountLinks.link(identity.issuer, identity.subject, facts);
  const address = services.addressOf(request);
  services.limiter.known(guessAt(issuer, address));
  signInSucceeded.announce({ subject, client: client.id, address, issuer: issuer.name });
  const { acr, amr, session } = identity;
  await finishRemotely(visit, {
    login: {
      accountId: subject,
      ...(acr !== undefined && { acr }),
      ...(amr !== undefined && { amr: [...amr] }),
      ts: authenticationTime(identity, attempt, at),
      upstream: { issuer: identity.issuer, subject: identity.subject, session, at: Math.floor(at / 1000) },
    },
  });
}

/**
 * When the person has really authenticated. An issuer that does not say so may have known them from long ago; unless
 * they had to sign in anew, no `max_age` is ever met by such a sign-in.
 */
function authenticationTime({ authenticatedAt }: Identity, { anew }: Attempt, at: number): number {
  if (authenticatedAt !== undefined) return Math.floor(authenticatedAt);
  return anew ? Math.floor(at / 1000) : 0;
}
