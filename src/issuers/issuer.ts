import type { Claims } from '../protocol/claims.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Rejection } from '../protocol/rejection.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { DecryptionKey, JwtExpectation } from '../tokens/index.ts';
import type { KeySource } from './key-source.ts';

/** One who issues tokens: what is demanded of its JWTs, its keys, and how a token of it is read. Frozen. */
export interface Issuer {
  /** The name in the configuration. */
  readonly name: string;
  /** The configured identifier; a token's `iss` may be any of `expectation.issuers`. */
  readonly identifier: string;
  readonly expectation: JwtExpectation;
  readonly keys: KeySource;
  /** Ours, for which it encrypts its tokens; none: encrypted tokens of it are refused. */
  readonly decryptionKeys: readonly DecryptionKey[];
  /** Set where no JWT of this issuer can be verified here: the refusal that says why, before any key is sought. */
  readonly refusal: Rejection | undefined;
  /**
   * Whether the token names no audience and its client, one of those configured, stands for it (Cognito): then an API
   * that accepts this issuer accepts the token as meant for it. A token that names its client as its audience is not
   * such a one: ID tokens do (OpenID Connect Core section 2).
   */
  clientStandsIn(claims: Claims): boolean;
  /** Reads a verified token, JWT or opaque, by the preset's places of claims. */
  principalOf(token: VerifiedToken): Verdict<Principal>;
}
