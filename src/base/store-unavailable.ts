/**
 * What is kept durably cannot be read or written at the moment, and the same may be tried again. A write may have been
 * done all the same, where its answer was lost on the way. Whose request it was gets a 503, never "bad token" and never
 * "it is done".
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';

  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
  }
}

/** Seconds after which to try again, for `Retry-After`: about as long as a write waits for the store. */
export const storeRetryAfterSeconds = 5;
