import type { JWK } from 'jose';
import type { EpochMs } from '../../base/clock.ts';

/** A key pair of ours. Which part it plays at a moment follows from its times: see key-ring.ts. */
export interface SigningKey {
  /** `kid` (RFC 7517 section 4.5) */
  readonly id: string;
  /** `alg` (RFC 7518 section 3.1) */
  readonly algorithm: string;
  /** With the private members. */
  readonly privateKey: JWK;
  /** From here on it is published. */
  readonly createdAt: EpochMs;
  /** From here on it signs, until a later one does; undefined for the key that is next. */
  readonly signsFrom: EpochMs | undefined;
  /** From here on it is published no more; undefined until it has a successor. */
  readonly publishedUntil: EpochMs | undefined;
}

export interface SigningKeys {
  /** Grows by one with every replacement; 0 when nothing was ever stored. */
  readonly revision: number;
  readonly keys: readonly SigningKey[];
}

/** PORT. All signing keys as one value, replaced as a whole, so that two processes never make half a rotation each. */
export interface SigningKeyStore {
  read(): Promise<SigningKeys>;
  /** Replaces the keys if `revision` is still the stored one; false where another process was faster. */
  replace(revision: number, keys: readonly SigningKey[]): Promise<boolean>;
}
