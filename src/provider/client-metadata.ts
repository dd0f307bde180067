import type { Client, ClientMetadata } from 'oidc-provider';
import type { ExchangeGrant } from './exchange-rule.ts';
import type { GrantType, RegisteredClient } from './registered-client.ts';

/** The metadata member in which a client of ours travels through the library. */
export const registeredMember = 'gatehouse_client';

const authMethods = {
  secret: 'client_secret_basic',
  private_key_jwt: 'private_key_jwt',
  none: 'none',
} as const;

/** What a request calls a grant that our configuration gives a shorter name (RFC 8693, RFC 7523). */
export const exchangeGrantTypes = {
  'token-exchange': 'urn:ietf:params:oauth:grant-type:token-exchange',
  'jwt-bearer': 'urn:ietf:params:oauth:grant-type:jwt-bearer',
} as const satisfies Record<ExchangeGrant, string>;

/**
 * A client as the library wants it (RFC 7591 section 2). In the place of the secret stands its hash, which
 * `compareClientSecret` knows.
 *
 * @param offered the exchanges for which there is a rule: the library refuses a client with a grant that it does not know
 */
export function clientMetadata(
  client: RegisteredClient,
  idTokenAlgorithm: 'ES256' | 'EdDSA' | 'RS256',
  offered: ReadonlySet<ExchangeGrant>,
): ClientMetadata {
  return {
    client_id: client.id,
    client_name: client.name,
    client_secret: client.secretHash,
    token_endpoint_auth_method: authMethods[client.authentication],
    jwks: client.jwks,
    grant_types: client.grants.flatMap((grant) => grantTypeOf(grant, offered)),
    response_types: client.grants.includes('authorization_code') ? ['code'] : [],
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    application_type: client.native ? 'native' : 'web',
    id_token_signed_response_alg: idTokenAlgorithm,
    [registeredMember]: client,
  };
}

export function registeredClientOf(client: Client): RegisteredClient {
  return client[registeredMember] as RegisteredClient;
}

function grantTypeOf(grant: GrantType, offered: ReadonlySet<ExchangeGrant>): readonly string[] {
  if (!isExchangeGrant(grant)) return [grant];
  return offered.has(grant) ? [exchangeGrantTypes[grant]] : [];
}

function isExchangeGrant(grant: GrantType): grant is ExchangeGrant {
  return Object.hasOwn(exchangeGrantTypes, grant);
}
