import type { Claims } from '../protocol/claims.ts';
import { longestLifetimeSeconds } from '../protocol/longest-lifetime.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { checkClaimTypes } from './check-claim-types.ts';
import { checkPurpose } from './check-purpose.ts';
import type { JwtExpectation } from './expectation.ts';

/**
 * The check `claims`, after the header's `typ`: what the issuer must have said of every access token of its own.
 *
 * @param indispensable claims that every token must have, whatever the issuer. Fewer where not the claims themselves
 *   tell who made them and for how long they hold: an answer to an introspection has neither by right.
 */
export function checkClaims(
  claims: Claims,
  expectation: JwtExpectation,
  indispensable: readonly string[] = ['iss', 'exp'],
): Rejection | undefined {
  return (
    checkPurpose(claims) ??
    checkClaimTypes(claims) ??
    checkPresence(claims, [...indispensable, ...expectation.required]) ??
    checkIssuer(claims, expectation) ??
    checkEquals(claims, expectation) ??
    checkLifetime(claims, expectation)
  );
}

/** Said for every claim that is missing, so that the operator sees which ones the token has instead. */
function missing(claim: string, claims: Claims): Rejection {
  return rejection('claim_missing', { claim, present: Object.keys(claims) });
}

function checkPresence(claims: Claims, required: readonly string[]): Rejection | undefined {
  const absent = required.find((claim) => isEmpty(claims[claim]));
  return absent === undefined ? undefined : missing(absent, claims);
}

/** A required claim that says nothing is not there. */
function isEmpty(value: Claims[string]): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** RFC 9068 section 4: "The issuer identifier ... MUST exactly match the value of the "iss" claim." If there is one. */
function checkIssuer(claims: Claims, { issuers }: JwtExpectation): Rejection | undefined {
  const iss = claims['iss'];
  if (iss === undefined || (typeof iss === 'string' && issuers.includes(iss))) return undefined;
  return rejection('claim_invalid', { claim: 'iss', expected: issuers, actual: iss });
}

function checkEquals(claims: Claims, { equals }: JwtExpectation): Rejection | undefined {
  for (const [claim, expected] of Object.entries(equals)) {
    const actual = claims[claim];
    if (actual === undefined) return missing(claim, claims);
    if (typeof actual === 'string' && expected.includes(actual)) continue;
    return rejection(kindClaims.has(claim) ? 'not_an_access_token' : 'claim_invalid', { claim, expected, actual });
  }
  return undefined;
}

/** Where issuers write the kind of a token when `typ` of the header does not tell: Cognito and Keycloak. */
const kindClaims: ReadonlySet<string> = new Set(['token_use', 'typ']);

/** Without `iat` it cannot be known how long the token lives: where a bound is configured, it has to be told. */
function checkLifetime(claims: Claims, expectation: JwtExpectation): Rejection | undefined {
  const isBounded = expectation.maxLifetimeSeconds !== undefined;
  const { maxLifetimeSeconds = longestLifetimeSeconds } = expectation;
  const { iat, exp } = claims;
  if (typeof exp !== 'number') return isBounded ? missing('exp', claims) : undefined;
  if (typeof iat !== 'number') return isBounded ? missing('iat', claims) : undefined;
  const lifetimeSeconds = exp - iat;
  if (lifetimeSeconds <= maxLifetimeSeconds) return undefined;
  return rejection('lifetime_too_long', { lifetimeSeconds, maxLifetimeSeconds });
}
