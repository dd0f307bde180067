import type { EpochMs } from '../base/clock.ts';

export interface BreakerSettings {
  /** Failures in a row that open it. */
  readonly threshold: number;
  /** Milliseconds for which it then stays open. */
  readonly rest: number;
}

/** A call that was let through, to be ended exactly once. */
export interface Passage {
  end(succeeded: boolean, now: EpochMs): void;
}

/**
 * Spares a peer that fails, and those who wait for it. Closed: all calls pass. Open, after some failures in a row: none.
 * Half open, after a rest: one call passes as a probe, and its end closes the breaker or opens it again.
 */
export class CircuitBreaker {
  readonly #settings: BreakerSettings;
  #failures = 0;
  #openUntil: EpochMs | undefined;
  #probing = false;

  constructor(settings: BreakerSettings) {
    this.#settings = settings;
  }

  /** While open: when a probe may pass. */
  get openUntil(): EpochMs | undefined {
    return this.#openUntil;
  }

  /** The peer has proved elsewhere that it is well. */
  close(): void {
    this.#failures = 0;
    this.#openUntil = undefined;
  }

  /** A clock that is set back ends the rest. */
  refuses(now: EpochMs): boolean {
    const until = this.#openUntil;
    return until !== undefined && (this.#probing || (now < until && now >= until - this.#settings.rest));
  }

  /** @returns undefined where the call may not be made */
  enter(now: EpochMs): Passage | undefined {
    if (this.refuses(now)) return undefined;
    const isProbe = this.#openUntil !== undefined;
    if (isProbe) this.#probing = true;
    return { end: (succeeded, at) => this.#end(isProbe, succeeded, at) };
  }

  /** Whatever succeeds closes it. A call that began before it opened and fails after has nothing new to tell. */
  #end(isProbe: boolean, succeeded: boolean, now: EpochMs): void {
    if (isProbe) this.#probing = false;
    this.#failures++;
    if (succeeded) this.close();
    else if (isProbe || (this.#openUntil === undefined && this.#failures >= this.#settings.threshold)) {
      this.#openUntil = now + this.#settings.rest;
    }
  }
}
