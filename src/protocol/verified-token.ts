import type { EpochMs } from '../base/clock.ts';
import type { Claims, JsonObject } from './claims.ts';

declare const verified: unique symbol;

/**
 * What verification returns, for a JWT and for an opaque token alike. It cannot be written as a literal:
 * mark-verified.ts makes it, and the import rules let only tokens/ and opaque/ import that.
 */
export interface VerifiedToken extends VerifiedFacts {
  readonly [verified]: true;
}

export interface VerifiedFacts {
  readonly kind: 'jwt' | 'opaque';
  /** SHA-256 of the whole token, lower-case hex: what the revocation log knows a token by. */
  readonly hash: string;
  /** The JOSE header of a JWT; undefined for an opaque token. */
  readonly header: JsonObject | undefined;
  readonly claims: Claims;
  /** The `kid` of the key that verified the signature; undefined for opaque tokens and for keys without one. */
  readonly keyId: string | undefined;
  /** From `exp`, without leeway. Where the issuer of an opaque token names none: when its word is no longer good. */
  readonly expiresAt: EpochMs;
  /**
   * Until when the issuer's word may be relied on without asking again; in the past or now: for this request only.
   * Undefined: until the token expires.
   */
  readonly freshUntil: EpochMs | undefined;
}
