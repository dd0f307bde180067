import type { PresetName } from '../issuers/index.ts';
import type { LabAlgorithm, PublishedKey } from './lab-keys.ts';

/** What a token is to say, before an issuer puts it in its own way. */
export interface TokenWish {
  /** The `iss` of the issuer's access tokens. */
  readonly issuer: string;
  /** Of the issuer, as its discovery document gives it. */
  readonly identifier: string;
  readonly subject: string;
  readonly client: string;
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** 22 random characters. */
  readonly tokenId: string;
}

export interface ShapedToken {
  /** Besides `alg`. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Paths of a provider's endpoints, below its root. */
export interface ShapeEndpoints {
  readonly jwks: string;
  readonly token: string;
  /** The provider's own, or the lab's where the provider has none. */
  readonly introspection: string;
  readonly revocation: string;
}

/** One provider's ways, in miniature. */
export interface IssuerShape {
  readonly preset: PresetName;
  /** Of the issuer identifier, below the origin of the lab; ends in a slash where the provider's does. */
  readonly path: string;
  /** Below which its endpoints are, if that is not the issuer. */
  readonly root?: string;
  readonly endpoints: ShapeEndpoints;
  readonly algorithm: LabAlgorithm;
  /** Members of the discovery document that only this provider has. */
  document?(rootUrl: string): Readonly<Record<string, unknown>>;
  /** The path of the `iss` of access tokens, where it is not the issuer. */
  readonly accessTokenPath?: string;
  /** The path of another document of its own, for several tenants, and of the template that is its issuer. */
  readonly shared?: { readonly path: string; readonly issuerPath: string };
  /** Members that each of its keys has, and keys that it publishes besides. */
  keySet?(keys: readonly PublishedKey[], rootUrl: string): readonly object[];
  token(wish: TokenWish, kid: string): ShapedToken;
  /** Whether a token is opaque unless a JWT is asked for. Default: none is. */
  isOpaque?(wish: TokenWish): boolean;
  /** @param random 43 characters of base64url. Default: these. */
  opaqueToken?(random: string): string;
  /** What is said of an active token. Default: the claims of a JWT, where the provider is never asked. */
  introspect?(wish: TokenWish, nowSeconds: number): Readonly<Record<string, unknown>>;
  /** What its events call a person. Default: the subject. */
  person?(subject: string): string;
  /** Google's way instead of RFC 7662. */
  readonly introspectionProtocol?: 'tokeninfo';
}
