import type { Claims } from '../protocol/claims.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';

/**
 * Members by which issuers tell what kind of token was shown to them, and the values that mean an access token: RFC 7662
 * itself has none that does. Compared without case, as RFC 6749 section 5.1 has it for `token_type`.
 */
const accessKinds: readonly (readonly [string, ReadonlySet<string>])[] = [
  // RFC 6749 section 7.1 and RFC 9449 section 5; some servers repeat the hint, or RFC 8693 section 3, instead.
  ['token_type', new Set(['bearer', 'dpop', 'access_token', 'urn:ietf:params:oauth:token-type:access_token'])],
  // Ory Hydra; AWS Cognito
  ['token_use', new Set(['access_token', 'access'])],
  // Keycloak; RFC 9068 section 2.1, where it is repeated from the header
  ['typ', new Set(['bearer', 'dpop', 'at+jwt', 'application/at+jwt', 'jwt'])],
];

/**
 * A server answers for refresh tokens and ID tokens, too. Where it names the kind, the kind is one that gives access; what
 * is not known is refused.
 *
 * @param configured members whose values the operator has listed: these lists count instead
 */
export function checkKind(claims: Claims, configured: Readonly<Record<string, unknown>>): Rejection | undefined {
  for (const [claim, kinds] of accessKinds) {
    const actual = claims[claim];
    if (actual === undefined || Object.hasOwn(configured, claim)) continue;
    if (typeof actual === 'string' && kinds.has(actual.toLowerCase())) continue;
    return rejection('not_an_access_token', { claim, actual, expected: [...kinds] });
  }
  return undefined;
}
