/** Milliseconds since the Unix epoch. */
export type EpochMs = number;

/** Seconds since the Unix epoch, fractions allowed (RFC 7519 section 2, NumericDate). */
export type NumericDate = number;

/** Tells the time. Passed in wherever time matters, so that a test can hold it still. */
export type Clock = () => EpochMs;

export const systemClock: Clock = () => Date.now();

/** Milliseconds since some moment before: of use only beside others of the same process. */
export type MonotonicMs = number;

/** For how long something lasts: nobody sets this clock, and it goes on while the process is stopped. */
export type MonotonicClock = () => MonotonicMs;

export const monotonicClock: MonotonicClock = () => performance.now();

/** A clock that stands at that time now and goes on from there. */
export function clockFrom(now: EpochMs): Clock {
  const start = monotonicClock();
  return () => now + Math.floor(monotonicClock() - start);
}
