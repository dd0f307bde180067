import type { EpochMs } from '../../base/clock.ts';
import { GenerationalCache } from '../../base/generational-cache.ts';

interface Spent {
  readonly refusals: number;
  readonly at: EpochMs;
}

/** Refusals that one address may cause at once, and how many a minute in the long run. */
const allowance = 60;
const minute = 60_000;

/** Addresses; of more, those unheard of the longest are forgotten. */
const capacity = 20_000;

/**
 * Bounds what is refused by address, and nothing else: who sends good signals may send any number, and nobody can keep
 * them out by sending bad ones from elsewhere.
 */
export class RefusalLimiter {
  readonly #spent = new GenerationalCache<Spent>(capacity, () => 1);

  /** Seconds for which nothing of this address is looked at; 0: it is. */
  wait(address: string, now: EpochMs): number {
    const excess = this.#refusals(address, now) - (allowance - 1);
    return excess <= 0 ? 0 : Math.ceil((excess * minute) / allowance / 1000);
  }

  refused(address: string, now: EpochMs): void {
    this.#spent.set(address, { refusals: Math.min(allowance, this.#refusals(address, now) + 1), at: now });
  }

  #refusals(address: string, now: EpochMs): number {
    const spent = this.#spent.get(address);
    if (spent === undefined) return 0;
    return Math.max(0, spent.refusals - (Math.max(0, now - spent.at) * allowance) / minute);
  }
}
