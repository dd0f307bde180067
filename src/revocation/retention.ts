import type { EpochMs, NumericDate } from '../base/clock.ts';
import { longestLifetimeSeconds } from '../protocol/longest-lifetime.ts';

const day = 24 * 60 * 60 * 1000;

/** Ten years, in milliseconds: the longest that an entry may ask to be kept. */
export const maxRetention = 3650 * day;

/** How far the clocks of two gateways may be apart: the slow one still accepts what the fast one calls expired. */
const clockTolerance = 60_000;

/** When an entry for one token may be dropped: once that token is accepted nowhere any more. */
export function retainForToken(tokenExpiresAt: EpochMs, leewaySeconds: number): EpochMs {
  return Math.ceil(tokenExpiresAt + leewaySeconds * 1000) + clockTolerance;
}

/**
 * When a cut-off may be dropped: the last token that it hits was issued within the second `before`, and lives no
 * longer than tokens of that issuer are allowed to: five years at most.
 */
export function retainForCutOff(
  before: NumericDate,
  maxLifetimeSeconds: number | undefined,
  leewaySeconds: number,
): EpochMs {
  const issuedBy = (Math.floor(before) + 1) * 1000;
  return retainForToken(issuedBy + (maxLifetimeSeconds ?? longestLifetimeSeconds) * 1000, leewaySeconds);
}
