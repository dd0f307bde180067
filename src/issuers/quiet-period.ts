import type { EpochMs } from '../base/clock.ts';

/** A time in which tokens cannot cause fetches. A clock that is set back ends it. */
export class QuietPeriod {
  #since: EpochMs = 0;
  #until: EpochMs = 0;

  begin(now: EpochMs, milliseconds: number): void {
    this.#since = now;
    this.#until = now + milliseconds;
  }

  /** @returns milliseconds until its end; 0 where there is none */
  remaining(now: EpochMs): number {
    return now < this.#since ? 0 : Math.max(0, this.#until - now);
  }
}
