import type { Claims } from '../protocol/claims.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';

/** Claims that only other tokens of the same issuer have, signed by the same keys and often with the same `typ`. */
const foreignClaims: readonly (readonly [string, string])[] = [
  // OpenID Connect Core sections 2, 3.1.3.6 and 3.3.2.11
  ['nonce', 'ID token'],
  ['at_hash', 'ID token'],
  ['c_hash', 'ID token'],
  // RFC 8417 section 2.2, OpenID Connect Back-Channel Logout section 2.4
  ['events', 'security event or logout token'],
  // RFC 9701 section 5
  ['token_introspection', 'introspection response'],
];

/** Refuses tokens that are good, but for another purpose (RFC 8725 section 2.8, "Cross-JWT Confusion"). */
export function checkPurpose(claims: Claims): Rejection | undefined {
  const found = foreignClaims.find(([claim]) => claim in claims);
  if (found === undefined) return undefined;
  const [claim, likely] = found;
  return rejection('not_an_access_token', { claim, likely });
}
