import type { Clock } from '../base/clock.ts';
import { GenerationalCache } from '../base/generational-cache.ts';
import { guessingLimited } from './channels.ts';
import type { GuessLimits } from './guess-limits.ts';
import { TokenBuckets } from './token-buckets.ts';

/** Someone at an address tries to prove to be someone. */
export interface Attempt {
  readonly kind: 'account' | 'client';
  /** Whose password or secret is tried. */
  readonly name: string;
  readonly address: string;
}

/** Pairs of name and address. */
const rememberedPairs = 20_000;

/**
 * Slows down guessing, per account or client and per address. An attempt counts from its beginning, so that many at
 * once gain nothing, and is given back when it succeeds. Whoever has succeeded from an address before is measured there
 * by himself alone: nobody locks him out by guessing elsewhere, or beside him.
 */
export class GuessLimiter {
  readonly #clock: Clock;
  readonly #names: Readonly<Record<Attempt['kind'], TokenBuckets>>;
  readonly #addresses: TokenBuckets;
  readonly #known = new GenerationalCache<true>(rememberedPairs, () => 1);

  constructor(limits: GuessLimits, clock: Clock) {
    this.#clock = clock;
    this.#names = { account: new TokenBuckets(limits.account), client: new TokenBuckets(limits.client) };
    this.#addresses = new TokenBuckets(limits.address);
  }

  /** @returns seconds to wait where there were too many; undefined: go on, and say so if it succeeds */
  begin(attempt: Attempt): number | undefined {
    const now = this.#clock();
    const buckets = this.#bucketsOf(attempt);
    const wait = Math.max(...buckets.map(([bucket, key]) => bucket.wait(key, now)));
    if (wait > 0) return announced(attempt.address, `${attempt.kind}:${attempt.name}`, wait);
    for (const [bucket, key] of buckets) bucket.take(key, now);
    return undefined;
  }

  succeeded(attempt: Attempt): void {
    const now = this.#clock();
    for (const [bucket, key] of this.#bucketsOf(attempt)) bucket.giveBack(key, now);
    this.known(attempt);
  }

  /** For what cannot be told apart by name: a code, a refresh token, a client that does not exist. */
  waitFor(attempt: Attempt): number | undefined {
    const [bucket, key] = this.#isKnown(attempt) ? this.#own(attempt) : this.#shared(attempt);
    const wait = bucket.wait(key, this.#clock());
    return wait > 0 ? announced(attempt.address, undefined, wait) : undefined;
  }

  /** Something like that was wrong. */
  failed(attempt: Attempt): void {
    const [bucket, key] = this.#isKnown(attempt) ? this.#own(attempt) : this.#shared(attempt);
    bucket.take(key, this.#clock());
  }

  /** It was right: what comes from there in this name is trusted to be no guess. */
  known(attempt: Attempt): void {
    this.#known.set(pairOf(attempt), true);
  }

  #isKnown(attempt: Attempt): boolean {
    return this.#known.get(pairOf(attempt)) === true;
  }

  #own(attempt: Attempt): Counted {
    return [this.#names[attempt.kind], pairOf(attempt)];
  }

  #shared({ address }: Attempt): Counted {
    return [this.#addresses, address];
  }

  #bucketsOf(attempt: Attempt): readonly Counted[] {
    if (this.#isKnown(attempt)) return [this.#own(attempt)];
    return [[this.#names[attempt.kind], attempt.name], this.#shared(attempt)];
  }
}

type Counted = readonly [TokenBuckets, string];

/** Neither a kind nor an address has a space in it; what a name has in it stands at the end. */
function pairOf({ kind, name, address }: Attempt): string {
  return `${kind} ${address} ${name}`;
}

function announced(address: string, name: string | undefined, wait: number): number {
  const retryAfterSeconds = Math.ceil(wait / 1000);
  guessingLimited.announce({ name, address, retryAfterSeconds });
  return retryAfterSeconds;
}
