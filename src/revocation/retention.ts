import type { EpochMs, NumericDate } from '../base/clock.ts';
import { furthestLeewaySeconds } from '../protocol/furthest-leeway.ts';

/** The end of the year 9999: an entry that is kept until then is kept for good. */
export const forGood: EpochMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** How far the clocks of two gateways may be apart: the slow one still accepts what the fast one calls expired. */
const clockTolerance = 60_000;

/**
 * When an entry for one token may be dropped: once that token is accepted nowhere any more. Gateways far away have a leeway
 * of their own.
 */
export function retainForToken(tokenExpiresAt: EpochMs): EpochMs {
  return Math.min(Math.ceil(tokenExpiresAt + furthestLeewaySeconds * 1000) + clockTolerance, forGood);
}

/**
 * When a cut-off may be dropped: the last token that it hits was issued within the second `before`, and lives no longer
 * than tokens of that issuer are allowed to.
 *
 * @param maxLifetimeSeconds undefined where a token of the issuer need not say when it was issued. Such a token is hit,
 *   and may live for ever; however near its end, nobody can tell it from a new one. So the cut-off is kept for good.
 */
export function retainForCutOff(before: NumericDate, maxLifetimeSeconds: number | undefined): EpochMs {
  if (maxLifetimeSeconds === undefined) return forGood;
  const issuedBy = (Math.floor(before) + 1) * 1000;
  return retainForToken(issuedBy + maxLifetimeSeconds * 1000);
}
