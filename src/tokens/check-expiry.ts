import type { EpochMs } from '../base/clock.ts';
import type { Claims } from '../protocol/claims.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { isNumericDate } from './numeric-date.ts';

/**
 * The check `expiry`. It is all that has to be run again for a token that was verified before.
 * A token without a proper `exp` has expired, so that nothing lives for ever by mistake.
 */
export function checkExpiry(claims: Claims, leewaySeconds: number, now: EpochMs): Rejection | undefined {
  const { exp, nbf, iat } = claims;
  const nowSeconds = now / 1000;
  // RFC 7519 section 4.1.4: "on or after which the JWT MUST NOT be accepted"
  if (!isNumericDate(exp) || nowSeconds >= exp + leewaySeconds) return tooLate(exp, leewaySeconds, nowSeconds);
  // RFC 7519 section 4.1.5: "before which the JWT MUST NOT be accepted"
  if (isAhead(nbf, leewaySeconds, nowSeconds))
    return rejection('token_not_yet_valid', { nbf, leewaySeconds, nowSeconds });
  if (isAhead(iat, leewaySeconds, nowSeconds))
    return rejection('token_issued_in_future', { iat, leewaySeconds, nowSeconds });
  return undefined;
}

function tooLate(exp: Claims[string], leewaySeconds: number, nowSeconds: number): Rejection {
  const secondsAgo = isNumericDate(exp) ? nowSeconds - exp : undefined;
  return rejection('token_expired', { exp, leewaySeconds, nowSeconds, secondsAgo });
}

/** What is there but no date lies ahead of all dates. */
function isAhead(date: Claims[string], leewaySeconds: number, nowSeconds: number): boolean {
  return date !== undefined && !(isNumericDate(date) && nowSeconds >= date - leewaySeconds);
}
