import type { AlgorithmName, KeySet } from '../tokens/index.ts';

/** Whose signature a list must bear: the issuer of the tokens, or whoever the operator has named. */
export interface StatusSigner {
  /** What it may call itself in `iss`, where a list has one. */
  readonly issuers: readonly string[];
  readonly algorithms: readonly AlgorithmName[];
  readonly leewaySeconds: number;
  readonly keys: StatusKeys;
}

/** What is needed of an issuer's keys; `KeySource` of src/issuers gives it. */
export interface StatusKeys {
  /** The same object for as long as the keys are the same; undefined while there are none to be relied on. */
  current(): KeySet | undefined;
  /** For a key that is not there. @returns the set as it is then; undefined if keys cannot be had */
  refresh(kid: string | undefined): Promise<KeySet | undefined>;
}
