import type { EpochMs, NumericDate } from '../../base/clock.ts';
import type { IssuedToken, StatusPlace } from './token-registry.ts';

/** Places of one list that nobody else has, nor ever gets: so many, from the first on, in the order that the seed gives. */
export interface GivenPlaces {
  readonly list: number;
  readonly seed: string;
  readonly first: number;
  readonly count: number;
}

export interface WantedPlaces {
  readonly count: number;
  /** How many a list has. */
  readonly size: number;
  /** For a new list, where no other has room. */
  readonly seed: string;
}

/** What a revocation says of our own tokens; all of it has to fit, and what is left out fits every token. */
export interface RevokedFacts {
  readonly id?: string | undefined;
  readonly hash?: string | undefined;
  readonly subject?: string | undefined;
  readonly client?: string | undefined;
  readonly session?: string | undefined;
  readonly keyId?: string | undefined;
  /** Only tokens whose `issuedAt` is before this. */
  readonly issuedBefore?: NumericDate | undefined;
}

/**
 * PORT. Which token stands where in which status list of ours. Durable before a method resolves; rejects when the store
 * cannot be asked. The tokens themselves are recorded, with their places, by the TokenRegistry.
 */
export interface StatusRegistry {
  /** Of many callers at once, in whatever process, no two get the same place. */
  give(wanted: WantedPlaces, now: EpochMs): Promise<GivenPlaces>;
  /** By number, ascending. */
  lists(): Promise<readonly number[]>;
  has(list: number): Promise<boolean>;
  /** The tokens on record in a part of a list: from one place up to, and without, another. */
  tokens(list: number, from: number, to: number): Promise<readonly IssuedToken[]>;
  /** Some of the places whose tokens fit, at most `limit`. */
  find(facts: RevokedFacts, limit: number): Promise<readonly StatusPlace[]>;
  /** The places of one list whose tokens fit. */
  findIn(list: number, facts: RevokedFacts): Promise<readonly number[]>;
  /**
   * The tokens in a list that were exchanged for others, of which something has one of these values; perhaps also some
   * that only resemble them. Undefined: all that were exchanged.
   */
  exchanged(list: number, values: readonly string[] | undefined): Promise<readonly IssuedToken[]>;
  /** Drops the lists whose places were all given, the last before `givenBefore`, and that no token on record stands in. */
  purge(size: number, givenBefore: EpochMs): Promise<number>;
}
