import type { MonotonicMs } from '../base/clock.ts';

/**
 * The right of a gateway to decide by its index. A report renews it for `leaseMs` from when the report was sent; where
 * it had run out, the log must be read anew, too.
 *
 * What this gives to a receipt: a gateway that the roster has heard nothing of for `leaseMs` refuses by itself, and
 * whatever was appended before the roster was asked is in its index before it lets anybody in again. For let T be when
 * the roster stamped its last report, and d, not before T + leaseMs, when the roster is asked.
 * - The report was sent before T, so that at d the lease has run out: it refuses.
 * - A later report may have been sent before d, and be seen by others after it. But it is acknowledged later still,
 *   more than `leaseMs` after the one before was sent: so a new lease begins, and with the acknowledgement, after d.
 * - Within that lease, only what was read of the log from its beginning on counts, which is all that there was at d.
 * No two clocks are compared in that; they only have to run equally fast.
 */
export class Lease {
  readonly #leaseMs: number;
  #renewedAt: MonotonicMs = Number.NEGATIVE_INFINITY;
  #begunAt: MonotonicMs = Number.POSITIVE_INFINITY;

  constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  /**
   * A report was acknowledged.
   *
   * @param sentAt when it was sent
   * @returns whether the lease had run out, so that the log must be read anew
   */
  renew(sentAt: MonotonicMs, now: MonotonicMs): boolean {
    const hadRunOut = now - this.#renewedAt >= this.#leaseMs;
    if (hadRunOut) this.#begunAt = now;
    this.#renewedAt = sentAt;
    return hadRunOut;
  }

  /** @param confirmedAt when the end of the log was last looked up */
  holds(confirmedAt: MonotonicMs, now: MonotonicMs): boolean {
    return now - this.#renewedAt < this.#leaseMs && confirmedAt >= this.#begunAt;
  }
}
