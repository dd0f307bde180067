import type { Claims, Json } from '../protocol/claims.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { isNumericDate } from './numeric-date.ts';

interface ClaimType {
  readonly name: string;
  fits(value: Json): boolean;
}

const string: ClaimType = { name: 'a string', fits: (value) => typeof value === 'string' };

const strings: ClaimType = { name: 'a string or an array of strings', fits: isStrings };

const date: ClaimType = { name: 'a number of seconds since 1970', fits: isNumericDate };

const object: ClaimType = {
  name: 'an object',
  fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/**
 * The claims that the journey reads, under the names that issuers give them. A claim that is there has its type: one
 * that were merely passed over when malformed, `cnf` or `nbf`, would make the token stronger than it was issued.
 */
const claimTypes: readonly (readonly [string, ClaimType])[] = [
  // RFC 7519 section 4.1
  ['iss', string],
  ['sub', string],
  ['aud', strings],
  ['exp', date],
  ['nbf', date],
  ['iat', date],
  ['jti', string],
  // RFC 8693 section 4, RFC 9068 section 2.2; `scope` is an array at PingFederate
  ['client_id', string],
  ['scope', strings],
  // OpenID Connect Core section 2 and Front-Channel Logout section 3
  ['azp', string],
  ['sid', string],
  // RFC 7800 section 3.1
  ['cnf', object],
  // Okta, AD FS and Entra ID
  ['scp', strings],
  ['cid', string],
  ['appid', string],
];

export function checkClaimTypes(claims: Claims): Rejection | undefined {
  for (const [claim, type] of claimTypes) {
    const value = claims[claim];
    if (value === undefined || type.fits(value)) continue;
    return rejection('claim_invalid', { claim, expected: type.name, actual: value });
  }
  return undefined;
}

function isStrings(value: Json): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}
