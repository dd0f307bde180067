import type { IssuerShape, TokenWish } from '../issuer-shape.ts';
import { commonClaims, ordinaryAnswer, signedInAt } from './common-claims.ts';

/** Keycloak: roles of the realm and of a client; the key set holds a key for encryption, too. */
export const keycloak: IssuerShape = {
  preset: 'keycloak',
  path: '/keycloak/realms/lab',
  endpoints: {
    jwks: '/protocol/openid-connect/certs',
    token: '/protocol/openid-connect/token',
    introspection: '/protocol/openid-connect/token/introspect',
    revocation: '/protocol/openid-connect/revoke',
  },
  algorithm: 'RS256',
  document: (root) => ({
    introspection_endpoint: `${root}/protocol/openid-connect/token/introspect`,
    revocation_endpoint: `${root}/protocol/openid-connect/revoke`,
  }),
  keySet: (keys) => [
    ...keys,
    ...keys.slice(0, 1).map((key) => ({ ...key, kid: `enc-${key.kid}`, use: 'enc', alg: 'RSA-OAEP' })),
  ],
  token: (wish, kid) => ({ header: { typ: 'JWT', kid }, claims: claimsOf(wish) }),
  introspect: (wish) => ({ ...claimsOf(wish), ...ordinaryAnswer(wish), jti: `onrtac:${wish.tokenId}` }),
};

function claimsOf(wish: TokenWish) {
  return {
    ...commonClaims(wish),
    auth_time: signedInAt(wish),
    jti: `onrtac:${wish.tokenId}`,
    typ: 'Bearer',
    azp: wish.client,
    sid: wish.tokenId,
    acr: '1',
    'allowed-origins': ['https://app.acme.example'],
    realm_access: { roles: ['clerk'] },
    resource_access: { 'orders-api': { roles: ['read'] }, account: { roles: ['view-profile'] } },
    scope: wish.scopes.join(' '),
    preferred_username: wish.subject,
    groups: ['/staff/orders'],
  };
}
