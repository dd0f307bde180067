import type { Client, ClientMetadata } from 'oidc-provider';
import type { RegisteredClient } from './registered-client.ts';

/** The metadata member in which a client of ours travels through the library. */
export const registeredMember = 'gatehouse_client';

const authMethods = {
  secret: 'client_secret_basic',
  private_key_jwt: 'private_key_jwt',
  none: 'none',
} as const;

/**
 * A client as the library wants it (RFC 7591 section 2). In the place of the secret stands its hash, which
 * `compareClientSecret` knows.
 */
export function clientMetadata(
  client: RegisteredClient,
  idTokenAlgorithm: 'ES256' | 'EdDSA' | 'RS256',
): ClientMetadata {
  return {
    client_id: client.id,
    client_name: client.name,
    client_secret: client.secretHash,
    token_endpoint_auth_method: authMethods[client.authentication],
    jwks: client.jwks,
    grant_types: client.grants,
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
