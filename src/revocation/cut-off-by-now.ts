import type { EpochMs, NumericDate } from '../base/clock.ts';

/**
 * The cut-off that kills whatever may have been let in by now: the clock of who issues may be ahead by the leeway, so
 * that a token says an `iat` of a time that has not come yet.
 */
export function cutOffByNow(now: EpochMs, leewaySeconds: number): NumericDate {
  return Math.floor(now / 1000 + leewaySeconds);
}
