import type { EpochMs } from '../base/clock.ts';
import type { Claims } from '../protocol/claims.ts';

/** What our provider noted about an opaque access token when it issued it. */
export interface TokenRecord {
  /** The claims that a JWT would carry: `iss`, `sub`, `client_id`, `scope`, `aud`, `exp`, `iat`, `jti` ... */
  readonly claims: Claims;
  readonly expiresAt: EpochMs;
}

/**
 * The port: where opaque tokens are looked up. Knows a token only by its hash. Throws or rejects when it cannot be
 * asked, which is not the same as not knowing the token.
 */
export interface TokenStore {
  /** @param hash SHA-256 of the token, lower-case hex */
  find(hash: string): TokenRecord | undefined | Promise<TokenRecord | undefined>;
}
