import type { PresetName } from '../issuers/index.ts';

/** What a token is to say, before an issuer puts it in its own way. */
export interface TokenWish {
  /** The `iss` of the issuer's access tokens. */
  readonly issuer: string;
  readonly subject: string;
  readonly client: string;
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly tokenId: string;
}

export interface ShapedToken {
  /** Besides `alg`. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** One provider's ways, in miniature. */
export interface IssuerShape {
  readonly preset: PresetName;
  /** Of the issuer identifier, below the origin of the lab; ends in a slash where the provider's does. */
  readonly path: string;
  /** Below the issuer. */
  readonly jwksPath: string;
  readonly algorithm: 'ES256' | 'RS256';
  /** Members of the discovery document that only this provider has. */
  readonly document?: Readonly<Record<string, unknown>>;
  /** The path of the `iss` of access tokens, where it is not the issuer. */
  readonly accessTokenPath?: string;
  token(wish: TokenWish, kid: string): ShapedToken;
}
