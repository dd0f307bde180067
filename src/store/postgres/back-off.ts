const firstDelayMs = 50;
const longestDelayMs = 1000;

/** Waits after each failure in a row, twice as long as before, but never long: a database that is back is wanted. */
export class BackOff {
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;

  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** @param then what to do when it was waited long enough */
  failed(then?: () => void): void {
    if (this.isWaiting) return;
    const delay = Math.min(firstDelayMs * 2 ** this.#failures++, longestDelayMs);
    // A part by chance, so that many processes do not come back in step.
    this.#timer = setTimeout(() => this.#end(then), delay * (0.5 + Math.random() / 2)).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #end(then: (() => void) | undefined): void {
    this.#timer = undefined;
    then?.();
  }
}
