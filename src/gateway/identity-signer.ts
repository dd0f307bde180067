import type { Claims } from '../protocol/claims.ts';

/** Signs what we tell upstreams about a caller. The provider's signing keys stand behind it. */
export interface IdentitySigner {
  /** Our own issuer identifier, for `iss`. */
  readonly issuer: string;
  /** @returns a JWT in compact form, `typ` `at+jwt` (RFC 9068 section 2.1) */
  sign(claims: Claims): string;
}
