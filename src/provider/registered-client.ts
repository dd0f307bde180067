import type { JWK } from 'jose';
import type { EpochMs } from '../base/clock.ts';

/** By the names of our configuration; what a request calls the last two, client-metadata.ts says. */
export const grantTypes = [
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'token-exchange',
  'jwt-bearer',
] as const;
export type GrantType = (typeof grantTypes)[number];

/** How a client proves who it is: with a secret (basic or post), a signed assertion (RFC 7523), or not at all. */
export const clientAuthentications = ['secret', 'private_key_jwt', 'none'] as const;
export type ClientAuthentication = (typeof clientAuthentications)[number];

/** A client (RFC 6749 section 2) as the provider knows it, from the configuration or from the store. A JSON value. */
export interface RegisteredClient {
  readonly id: string;
  /** Shown to people who are asked for their consent; the id where it is undefined. */
  readonly name: string | undefined;
  readonly authentication: ClientAuthentication;
  /** SHA-256 of the secret, lower-case hex; of clients that authenticate with one. */
  readonly secretHash: string | undefined;
  /** Public keys, of clients that authenticate with private_key_jwt. */
  readonly jwks: { readonly keys: readonly JWK[] } | undefined;
  readonly grants: readonly GrantType[];
  /** The scopes that it may have. */
  readonly scopes: readonly string[];
  /** Names of the APIs that it may have tokens for; undefined: those that have one of its scopes, or no scopes at all. */
  readonly apis: readonly string[] | undefined;
  /** Compared character by character (RFC 9700 section 2.1). */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** An app on a device, which may have redirect URIs of a scheme of its own (RFC 8252). */
  readonly native: boolean;
  /** Names of the APIs whose tokens it may introspect, `*` for all; its own tokens it always may. */
  readonly introspects: readonly string[];
  readonly createdAt: EpochMs;
}
