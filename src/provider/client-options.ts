import type { JWK } from 'jose';
import type { EpochMs } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { GrantType, RegisteredClient } from './registered-client.ts';

/** A client as the configuration or the admin API describes it. How it authenticates follows from what it has. */
export interface ClientOptions {
  readonly id: string;
  /** Shown to people who are asked for their consent. Default: the id. */
  readonly name?: string | undefined;
  /** A client with neither a secret nor keys is public (RFC 6749 section 2.1): it does not authenticate. */
  readonly secret?: string | undefined;
  /** Its public keys: it authenticates with private_key_jwt (RFC 7523). */
  readonly jwks?: { readonly keys: readonly JWK[] } | undefined;
  readonly grants: readonly GrantType[];
  /** The scopes of APIs that it may have. Default: none. Those of OpenID Connect its users decide about. */
  readonly scopes?: readonly string[] | undefined;
  /** Names of the APIs that it may have tokens for. Default: those that have one of its scopes, or no scopes at all. */
  readonly apis?: readonly string[] | undefined;
  readonly redirectUris?: readonly string[] | undefined;
  readonly postLogoutRedirectUris?: readonly string[] | undefined;
  /** An app on a device: redirect URIs of its own scheme, any port on loopback (RFC 8252). Default false. */
  readonly native?: boolean | undefined;
  /** Names of the APIs whose tokens it may introspect, `*` for all. Default: none but its own tokens. */
  readonly introspects?: readonly string[] | undefined;
}

/** The secret is forgotten here: only its hash goes on. */
export function registerClient(options: ClientOptions, createdAt: EpochMs): RegisteredClient {
  const { secret, jwks } = options;
  return Object.freeze({
    id: options.id,
    name: options.name,
    authentication: secret !== undefined ? 'secret' : jwks !== undefined ? 'private_key_jwt' : 'none',
    secretHash: secret === undefined ? undefined : sha256Hex(secret),
    jwks,
    grants: options.grants,
    scopes: options.scopes ?? [],
    apis: options.apis,
    redirectUris: options.redirectUris ?? [],
    postLogoutRedirectUris: options.postLogoutRedirectUris ?? [],
    native: options.native ?? false,
    introspects: options.introspects ?? [],
    createdAt,
  });
}
