import type { IssuerShape } from '../issuer-shape.ts';
import { audienceOf, ordinaryClaims } from './common-claims.ts';

/**
 * One access token manager with JWTs and one with reference tokens. Its attribute contract puts the user into `sub`;
 * scopes are not delimited by spaces, and there is no `iat`.
 */
export const pingfederate: IssuerShape = {
  preset: 'pingfederate',
  path: '/pingfederate',
  endpoints: {
    jwks: '/pf/JWKS',
    token: '/as/token.oauth2',
    introspection: '/as/introspect.oauth2',
    revocation: '/as/revoke_token.oauth2',
  },
  algorithm: 'ES256',
  document: (root) => ({
    introspection_endpoint: `${root}/as/introspect.oauth2`,
    revocation_endpoint: `${root}/as/revoke_token.oauth2`,
    ping_revoked_sris_endpoint: `${root}/pf-ws/rest/sessionMgmt/revokedSris`,
  }),
  token: (wish, kid) => {
    const { iat: _, ...claims } = ordinaryClaims(wish);
    const attributes = { Username: wish.subject, memberOf: ['cn=clerks,dc=acme', 'cn=staff,dc=acme'] };
    return { header: { kid }, claims: { ...claims, scope: wish.scopes, agid: wish.tokenId, ...attributes } };
  },
  opaqueToken: (random) => `0001${random.replace(/[-_]/g, '0').slice(0, 24)}`,
  introspect: (wish) => ({
    token_type: 'Bearer',
    scope: wish.scopes.join(' '),
    client_id: wish.client,
    username: wish.subject,
    ...audienceOf(wish),
    exp: wish.expiresAt,
  }),
};
