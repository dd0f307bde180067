import type { EpochMs, NumericDate } from '../base/clock.ts';
import type { Claims } from '../protocol/claims.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { isNumericDate } from './numeric-date.ts';

/** The check `expiry`. A token without a proper `exp` has expired, so that nothing lives for ever by mistake. */
export function checkExpiry(claims: Claims, leewaySeconds: number, now: EpochMs): Rejection | undefined {
  const { exp, nbf, iat } = claims;
  const moment: Moment = { nowSeconds: now / 1000, leewaySeconds };
  // RFC 7519 section 4.1.4: "on or after which the JWT MUST NOT be accepted"
  if (hasPassed(exp, moment)) return rejection('token_expired', told({ exp }, moment));
  // RFC 7519 section 4.1.5: "before which the JWT MUST NOT be accepted"
  if (isAhead(nbf, moment)) return rejection('token_not_yet_valid', told({ nbf }, moment));
  if (isAhead(iat, moment)) return rejection('token_issued_in_future', told({ iat }, moment));
  return undefined;
}

interface Moment {
  readonly nowSeconds: NumericDate;
  readonly leewaySeconds: number;
}

/** The claim, the clock, and how far they are apart: where that is the same for every token, it is the clock. */
function told(claim: Claims, moment: Moment): Record<string, unknown> {
  const [date] = Object.values(claim);
  const differenceSeconds = isNumericDate(date) ? Math.abs(moment.nowSeconds - date) : undefined;
  return { ...claim, ...moment, differenceSeconds };
}

/** What is no date has passed. */
function hasPassed(date: Claims[string], { nowSeconds, leewaySeconds }: Moment): boolean {
  return !isNumericDate(date) || nowSeconds >= date + leewaySeconds;
}

/** What is there and no date lies ahead. */
function isAhead(date: Claims[string], { nowSeconds, leewaySeconds }: Moment): boolean {
  return date !== undefined && !(isNumericDate(date) && nowSeconds >= date - leewaySeconds);
}
