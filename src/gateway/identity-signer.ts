import type { Claims } from '../protocol/claims.ts';

/** Signs what we tell upstreams about a caller. The provider's signing keys stand behind it. */
export interface IdentitySigner {
  /** Our own issuer identifier, for `iss`. */
  readonly issuer: string;
  /** @returns a JWT in compact form, of a `typ` that no API behind this gateway takes for an access token */
  sign(claims: Claims): string;
}
