import type { EpochMs } from '../base/clock.ts';
import { GenerationalCache } from '../base/generational-cache.ts';
import type { Answer } from './answer.ts';

export interface MemoryBounds {
  /** Milliseconds for which a good answer is fresh. */
  readonly cache: number;
  /** Milliseconds for which any other answer is fresh. */
  readonly negativeCache: number;
  /** Bytes that good answers may take, by estimate. */
  readonly cacheBytes: number;
  readonly leewaySeconds: number;
}

/** Bytes of all answers that were not good, together: some thousand of them. */
const otherBytes = 1024 * 1024;

/** Bytes of an entry besides the answer itself: the hash, the map's slot, the objects. */
const entryBytes = 512;

/** An answer stands in memory parsed: about three times its text. */
function weigh(_hash: string, { size }: Answer): number {
  return entryBytes + 3 * size;
}

/**
 * What one issuer said of its tokens, by the hash of the whole token. Good answers and all others are kept apart, so
 * that no amount of garbage can push out one good answer. Not fresh is not forgotten: grace may ask for the last good one.
 */
export class AnswerMemory {
  readonly #bounds: MemoryBounds;
  readonly #good: GenerationalCache<Answer>;
  readonly #others = new GenerationalCache<Answer>(otherBytes, weigh);

  constructor(bounds: MemoryBounds) {
    this.#bounds = bounds;
    this.#good = new GenerationalCache(bounds.cacheBytes, weigh);
  }

  get sizes(): { readonly active: number; readonly inactive: number } {
    return { active: this.#good.size, inactive: this.#others.size };
  }

  /** The last answer, if it is fresh. */
  fresh(hash: string, now: EpochMs): Answer | undefined {
    const good = this.#good.get(hash);
    if (good !== undefined) return this.#isFreshGood(good, now) ? good : undefined;
    const other = this.#others.get(hash);
    return other !== undefined && isYounger(other, this.#bounds.negativeCache, now) ? other : undefined;
  }

  /** The last answer, if it was good and is younger than that, fresh or not. */
  lastGood(hash: string, maxAge: number, now: EpochMs): Answer | undefined {
    const good = this.#good.get(hash);
    return good !== undefined && isYounger(good, maxAge, now) ? good : undefined;
  }

  /** The later answer replaces the earlier one, whichever they are. */
  keep(hash: string, answer: Answer, isGood: boolean): void {
    const [place, otherPlace] = isGood ? [this.#good, this.#others] : [this.#others, this.#good];
    otherPlace.delete(hash);
    place.set(hash, answer);
  }

  /** A token that has expired is asked about anew: some issuers prolong tokens that are used. */
  #isFreshGood(answer: Answer, now: EpochMs): boolean {
    const exp = answer.claims?.['exp'];
    const { cache, leewaySeconds } = this.#bounds;
    if (typeof exp === 'number' && now >= (exp + leewaySeconds) * 1000) return false;
    return isYounger(answer, cache, now);
  }
}

/** A clock that was set back makes nothing younger. */
function isYounger({ askedAt }: Answer, milliseconds: number, now: EpochMs): boolean {
  return now >= askedAt && now < askedAt + milliseconds;
}
