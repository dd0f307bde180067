import type { KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithms.ts';

/** A public key of an issuer, and what it may verify. */
export interface VerificationKey extends KeyMaterial {
  /** `kid` */
  readonly id: string | undefined;
  /** The algorithms that fit the key's type and curve; one only where the key declares its `alg`. */
  readonly algorithms: readonly Algorithm[];
  /** `x5t#S256` and `x5t`, as far as the key states them. */
  readonly thumbprints: readonly string[];
}

export interface KeyMaterial {
  readonly type: Algorithm['keyType'];
  /** `crv`; undefined for RSA. */
  readonly curve: string | undefined;
  readonly publicKey: KeyObject;
  /** Bytes; undefined where the length of a signature is the algorithm's, not the key's. */
  readonly modulusLength: number | undefined;
}

/** Why a JWK is of no use for verifying tokens. */
export type SkipReason =
  | 'not_an_object'
  | 'malformed'
  | 'type_unsupported'
  | 'curve_unsupported'
  | 'algorithm_unsupported'
  | 'not_for_signatures'
  | 'symmetric'
  | 'private'
  | 'rsa_modulus_too_short'
  | 'rsa_modulus_too_long'
  | 'rsa_modulus_factorable'
  | 'rsa_exponent_unsafe'
  | 'duplicate'
  | 'beyond_limit';
