import type { EpochMs } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { Claims } from '../protocol/claims.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { Witness } from '../protocol/witness.ts';
import { type Authenticated, authenticated, type Outcome, type Vouching } from './authenticated.ts';
import type { OpaqueSource, ProtectedApi } from './protected-api.ts';
import { tellClock } from './tell-clock.ts';

/**
 * Lookup or introspection at one issuer, which is one that the API accepts; then the issuer says whose token it is.
 *
 * @param content of a JWT: an issuer that says that it is active has made it, and so has said that, too
 */
export function askIssuer(
  api: ProtectedApi,
  { verifier, issuer }: OpaqueSource,
  token: string,
  now: EpochMs,
  vouchesFor: Vouching,
  witness?: Witness,
  content?: Claims | undefined,
): Outcome {
  const identify = (verdict: Verdict<VerifiedToken>): Verdict<Authenticated> => {
    if (!verdict.ok) return witness === undefined ? verdict : refuse(tellClock(verdict.rejection, issuer));
    const principal = issuer.principalOf(verdict.value);
    if (!principal.ok) return principal;
    const { consumers } = api;
    return accept(
      authenticated(principal.value, { token: verdict.value, issuer, consumers, now, vouchesFor, content }),
    );
  };
  const verdict = verifier.verify(token, sha256Hex(token), now, api.graceMs, witness);
  return verdict instanceof Promise ? verdict.then(identify) : identify(verdict);
}
