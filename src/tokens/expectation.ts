import type { AlgorithmName } from './algorithms.ts';

/** What we demand of an issuer's access tokens: one value, frozen, made from the issuer's preset and settings. */
export interface JwtExpectation {
  /** Accepted values of `iss`, compared letter by letter; more than one where an issuer has several names. */
  readonly issuers: readonly string[];
  readonly algorithms: readonly AlgorithmName[];
  /** Accepted values of `typ`, in lower case without `application/`; undefined stands for an absent `typ`. */
  readonly types: readonly (string | undefined)[];
  /** Claims that must be there besides `iss` and `exp`, which always must. */
  readonly required: readonly string[];
  /** How far the clocks of issuer and gateway may be apart. */
  readonly leewaySeconds: number;
  /** The longest accepted time from `iat` to `exp`; undefined for any. */
  readonly maxLifetimeSeconds: number | undefined;
  /** Claims that must be one of some strings: `token_use` of Cognito, `typ` of Keycloak. */
  readonly equals: Readonly<Record<string, readonly string[]>>;
}
