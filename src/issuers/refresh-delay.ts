import type { KeySpecTimes } from './key-spec.ts';

/**
 * When to fetch again after a success: as Cache-Control says, within bounds, and earlier by chance so that gateways
 * which were started together spread out. Never later than `maxRefresh`, a fetch's own duration included.
 */
export function delayAfterSuccess(freshFor: number | undefined, times: KeySpecTimes, random: () => number): number {
  const wished = Math.min(freshFor ?? times.maxRefresh, times.maxRefresh);
  return Math.max(times.minRefresh, wished * (0.8 + 0.15 * random()));
}

/** 10 seconds: how late, at most, it is noticed that an issuer is back. Until then tokens by its new keys get 503. */
const longestRetry = 10_000;

/** Doubles from a second on. */
export function delayAfterFailure(failures: number, random: () => number): number {
  return Math.min(longestRetry, 1000 * 2 ** Math.min(failures - 1, 10)) * (0.8 + 0.2 * random());
}
