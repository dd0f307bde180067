import { hash } from 'node:crypto';
import type { IDToken } from 'oauth4webapi';
import type { Attempt } from './attempt.ts';
import { FederationFailure } from './federation-failure.ts';

/** Seconds by which the issuer's clock may differ from ours. */
export const clockTolerance = 30;

/**
 * What the library leaves open about an ID token that it has accepted.
 *
 * @throws FederationFailure
 */
export function checkIdToken(
  claims: IDToken,
  header: { readonly alg: string },
  accessToken: string,
  clientId: string,
  attempt: Attempt,
): void {
  // OpenID Connect Core section 3.1.3.7: "If an azp Claim is present, the Client SHOULD verify that its client_id is
  // the Claim Value."
  if (claims.azp !== undefined && claims.azp !== clientId) throw refused('the azp is another client');
  if (claims['at_hash'] !== undefined && claims['at_hash'] !== tokenHash(accessToken, header.alg)) {
    throw refused('the at_hash is that of another access token');
  }
  if (!isSubject(claims.sub)) throw refused('the sub is empty, too long, or holds control characters');
  const { auth_time: authenticatedAt } = claims;
  if (attempt.anew && authenticatedAt !== undefined && authenticatedAt + clockTolerance < attempt.at / 1000) {
    throw new FederationFailure('sign_in_too_old', 'the auth_time is before the request for a new sign-in');
  }
}

/** OpenID Connect Core section 3.1.3.6: the left half of the hash that the signature's algorithm uses. */
function tokenHash(token: string, algorithm: string): string {
  const name = hashes[algorithm.slice(-3)] ?? 'sha512';
  const digest = hash(name, token, 'buffer');
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

/** Ed25519 uses SHA-512, like the algorithms that say so in their name. */
const hashes: Readonly<Record<string, string>> = { '256': 'sha256', '384': 'sha384', '512': 'sha512' };

/** Characters; section 2 has 255 of ASCII as the most. */
const longestSubject = 255;

function isSubject(subject: string): boolean {
  return /^[^\p{Cc}\p{Cs}]+$/u.test(subject) && subject.length <= longestSubject;
}

function refused(reason: string): FederationFailure {
  return new FederationFailure('id_token_refused', reason);
}
