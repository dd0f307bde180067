/** Milliseconds. Section 11.5: "clients should be configured with lower/upper bounds for these values". */
export interface StatusListTimes {
  /** Between two fetches of one list at least, whatever its `ttl` says. */
  readonly minRefresh: number;
  /** For how long a list is relied on at most before it is fetched again, whatever its `ttl` says. */
  readonly maxRefresh: number;
  /** For how long it serves beyond that while it cannot be fetched. */
  readonly maxStale: number;
}

export const defaultStatusListTimes: StatusListTimes = Object.freeze({
  minRefresh: 5_000,
  maxRefresh: 5 * 60_000,
  maxStale: 15 * 60_000,
});

/** @param ttl seconds; undefined where the list does not say */
export function freshMs(ttl: number | undefined, { minRefresh, maxRefresh }: StatusListTimes): number {
  return Math.min(maxRefresh, Math.max(minRefresh, (ttl ?? Number.POSITIVE_INFINITY) * 1000));
}

/** 10 seconds: how late, at most, it is noticed that a list is back. */
const longestRetry = 10_000;

/** Doubles from a second on. */
export function retryMs(failures: number, random: () => number): number {
  return Math.min(longestRetry, 1000 * 2 ** Math.min(failures - 1, 10)) * (0.8 + 0.2 * random());
}
