import type { EpochMs } from '../base/clock.ts';
import type { ConsumerRate } from './consumers.ts';

interface Bucket {
  level: number;
  at: EpochMs;
}

/** Requests of one consumer that were granted, and counted. */
export interface RateTaking {
  readonly api: string;
  readonly consumer: string;
  readonly rate: ConsumerRate;
  readonly count: number;
}

/** Called with each request that is counted here. */
export type OnRateTaken = (api: string, consumer: string, rate: ConsumerRate) => void;

/**
 * A token bucket for each API and consumer: full at first, filling evenly. By name, so that a reload does not fill it;
 * so there are never more than names were configured. Written to in place: asking allocates nothing.
 */
export class ConsumerRates {
  readonly #apis = new Map<string, Map<string, Bucket>>();
  readonly #onTaken: OnRateTaken | undefined;

  /** @param onTaken default: nobody has to know */
  constructor(onTaken?: OnRateTaken) {
    this.#onTaken = onTaken;
  }

  /** Milliseconds until the bucket has one to give; 0 where it has. Takes none. */
  wait(api: string, consumer: string, rate: ConsumerRate, now: EpochMs): number {
    const { level } = this.#filled(api, consumer, rate, now);
    return level >= 1 ? 0 : ((1 - level) * rate.per) / rate.requests;
  }

  take(api: string, consumer: string, rate: ConsumerRate, now: EpochMs): void {
    this.#filled(api, consumer, rate, now).level -= 1;
    this.#onTaken?.(api, consumer, rate);
  }

  /** What was granted elsewhere counts here, too; where that was more than was left, the debt is filled up first. */
  takeElsewhere({ api, consumer, rate, count }: RateTaking, now: EpochMs): void {
    this.#filled(api, consumer, rate, now).level -= count;
  }

  #filled(api: string, consumer: string, { requests, per, burst }: ConsumerRate, now: EpochMs): Bucket {
    const bucket = this.#bucket(api, consumer, burst, now);
    // A clock that was set back fills nothing.
    const gained = (Math.max(0, now - bucket.at) * requests) / per;
    bucket.level = Math.min(burst, bucket.level + gained);
    bucket.at = now;
    return bucket;
  }

  #bucket(api: string, consumer: string, burst: number, now: EpochMs): Bucket {
    const buckets = this.#apis.get(api) ?? new Map<string, Bucket>();
    const bucket = buckets.get(consumer) ?? { level: burst, at: now };
    if (!buckets.has(consumer)) this.#apis.set(api, buckets.set(consumer, bucket));
    return bucket;
  }
}
