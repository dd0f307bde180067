import type { EpochMs } from '../base/clock.ts';
import type { KeySet } from '../tokens/index.ts';
import type { IssuerFailure } from './issuer-failure.ts';

/** Where an issuer's keys come from. */
export interface KeySource {
  /**
   * The keys as last fetched: the same object for as long as their content is the same; undefined while there are
   * none, or none that are fresh enough to be relied on.
   */
  current(): KeySet | undefined;
  /**
   * For a token whose `kid` is not in the current set (undefined: a token without `kid`). Fetches at most once per
   * cool-down, however many ask.
   *
   * @returns the set as it is then, whether or not it holds the key; undefined if keys cannot be had at all
   */
  refresh(kid: string | undefined): Promise<KeySet | undefined>;
  health(): KeySourceHealth;
}

/** What the operator sees of an issuer's keys. Holds no key material. */
export interface KeySourceHealth {
  /**
   * `waiting`: not fetched yet. `fresh`: the last fetch succeeded. `stale`: it failed, the earlier keys still serve.
   * `unavailable`: it failed and there are no keys to serve. `unused`: this issuer's tokens are not verified by keys.
   */
  readonly state: 'waiting' | 'fresh' | 'stale' | 'unavailable' | 'unused';
  /** The URL of the discovery document that named the key set; undefined where none was read, or none is needed. */
  readonly discovery: string | undefined;
  /** The key set's URL, as configured or discovered. */
  readonly jwksUri: string | undefined;
  readonly lastSuccess: EpochMs | undefined;
  readonly lastAttempt: EpochMs | undefined;
  readonly nextFetch: EpochMs | undefined;
  /** Until when the present keys serve if no fetch succeeds. */
  readonly usableUntil: EpochMs | undefined;
  readonly keys: readonly KeyFacts[];
  readonly skipped: readonly SkippedKeyFacts[];
  /** Of the last attempt, if it failed. */
  readonly failure: IssuerFailure | undefined;
  /** That this machine's clock and the issuer's are far apart, if they are; also one of the warnings. */
  readonly clockWarning: string | undefined;
  /** What the operator should know although it works, for instance an `iss` that is not accepted. */
  readonly warnings: readonly string[];
}

export interface KeyFacts {
  readonly kid: string | undefined;
  readonly kty: string;
  readonly algorithms: readonly string[];
}

export interface SkippedKeyFacts {
  readonly kid: string | undefined;
  readonly reason: string;
}
