import { type ApiOptions, defaultTokenTtl } from './provider-options.ts';
import type { RegisteredClient } from './registered-client.ts';
import { chooseTokenFormat, type TokenFormat } from './token-format.ts';

/** An API that we issue tokens for, with everything decided. */
export interface Api {
  readonly name: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly format: TokenFormat;
  /** Seconds that an access token lives. */
  readonly ttl: number;
  /** Claims of an account that its tokens carry. */
  readonly claims: readonly string[];
  /** Whether each of its tokens has a place in a status list; only of JWTs. */
  readonly statusList: boolean;
}

export function apiOf({ name, audience, scopes, tokens = {} }: ApiOptions): Api {
  const { format } = chooseTokenFormat(tokens);
  const ttl = Math.floor((tokens.ttl ?? defaultTokenTtl) / 1000);
  const statusList = format === 'jwt' && tokens.statusList === true;
  return Object.freeze({ name, audience, scopes, format, ttl, claims: tokens.claims ?? [], statusList });
}

/** An API without scopes is open to every client that does not list its APIs: there is nothing else to tell by. */
export function mayUse(client: RegisteredClient, api: Api): boolean {
  if (client.apis !== undefined) return client.apis.includes(api.name);
  return api.scopes.length === 0 || grantableScopes(client, api).length > 0;
}

/** The API's scopes that the client may have. */
export function grantableScopes(client: RegisteredClient, api: Api): readonly string[] {
  return api.scopes.filter((scope) => client.scopes.includes(scope));
}
