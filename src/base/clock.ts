/** Milliseconds since the Unix epoch. */
export type EpochMs = number;

/** Seconds since the Unix epoch, fractions allowed (RFC 7519 section 2, NumericDate). */
export type NumericDate = number;

/** Tells the time. Passed in wherever time matters, so that a test can hold it still. */
export type Clock = () => EpochMs;

export const systemClock: Clock = () => Date.now();
