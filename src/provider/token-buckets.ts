import type { EpochMs } from '../base/clock.ts';
import { GenerationalCache } from '../base/generational-cache.ts';
import type { GuessLimit } from './guess-limits.ts';

interface Bucket {
  readonly tokens: number;
  readonly at: EpochMs;
}

/** Entries; of more names than this, those unheard of the longest are forgotten. */
const capacity = 40_000;

/** Token buckets by name: full at first, filling evenly, in bounded memory. */
export class TokenBuckets {
  readonly #limit: GuessLimit;
  readonly #buckets = new GenerationalCache<Bucket>(capacity, () => 1);

  constructor(limit: GuessLimit) {
    this.#limit = limit;
  }

  /** Milliseconds until there is a token; 0 where there is one. */
  wait(name: string, now: EpochMs): number {
    const { attempts, window } = this.#limit;
    const missing = 1 - this.#level(name, now);
    return missing <= 0 ? 0 : Math.ceil((missing * window) / attempts);
  }

  take(name: string, now: EpochMs): void {
    this.#buckets.set(name, { tokens: Math.max(0, this.#level(name, now) - 1), at: now });
  }

  giveBack(name: string, now: EpochMs): void {
    this.#buckets.set(name, { tokens: Math.min(this.#limit.attempts, this.#level(name, now) + 1), at: now });
  }

  #level(name: string, now: EpochMs): number {
    const { attempts, window } = this.#limit;
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) return attempts;
    const refilled = (Math.max(0, now - bucket.at) * attempts) / window;
    return Math.min(attempts, bucket.tokens + refilled);
  }
}
