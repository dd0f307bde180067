import type { Claims } from '../protocol/claims.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';

/** Claims that only other tokens of the same issuer have, signed by the same keys and often with the same `typ`. */
const foreignClaims: readonly (readonly [string, string])[] = [
  // OpenID Connect Core sections 2, 3.1.3.6 and 3.3.2.11
  ['nonce', 'ID token'],
  ['at_hash', 'ID token'],
  ['c_hash', 'ID token'],
  // Financial-grade API 1.0 part 2 section 5.1.1
  ['s_hash', 'ID token'],
  // RFC 8417 section 2.2, OpenID Connect Back-Channel Logout section 2.4
  ['events', 'security event or logout token'],
  // RFC 9701 section 5
  ['token_introspection', 'introspection response'],
  // RFC 9449 section 4.2
  ['htm', 'proof of possession'],
];

/** Claims by which some issuers name the kind of a token, and the kinds that give no access. */
const kindClaims: readonly (readonly [string, ReadonlySet<unknown>])[] = [
  // AWS Cognito; Ory Hydra
  ['token_use', new Set(['id', 'refresh', 'id_token', 'refresh_token'])],
  // Keycloak
  ['typ', new Set(['ID', 'Refresh', 'Offline', 'Logout'])],
];

/** Refuses tokens that are good, but for another purpose (RFC 8725 section 2.8, "Cross-JWT Confusion"). */
export function checkPurpose(claims: Claims): Rejection | undefined {
  const found = foreignClaims.find(([claim]) => claim in claims);
  if (found !== undefined) return rejection('not_an_access_token', { claim: found[0], likely: found[1] });
  const named = kindClaims.find(([claim, kinds]) => kinds.has(claims[claim]));
  return named && rejection('not_an_access_token', { claim: named[0], actual: claims[named[0]] });
}
