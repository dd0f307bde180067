import type { IssuerShape, TokenWish } from './issuer-shape.ts';

const tenant = '4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846';

/** The issuers of the lab, by name. The first is the one of the demo; the others are shaped like real providers. */
export const issuerShapes: Readonly<Record<string, IssuerShape>> = Object.freeze({
  standard: {
    preset: 'oidc',
    path: '',
    jwksPath: '/jwks',
    algorithm: 'ES256',
    token: (wish, kid) => ({ header: { typ: 'at+jwt', kid }, claims: ordinary(wish) }),
  },
  okta: {
    preset: 'okta',
    path: '/okta/oauth2/default',
    jwksPath: '/v1/keys',
    algorithm: 'RS256',
    token: (wish, kid) => ({
      header: { kid },
      claims: { ver: 1, ...common(wish), jti: `AT.${wish.tokenId}`, cid: wish.client, scp: wish.scopes },
    }),
  },
  auth0: {
    preset: 'auth0',
    path: '/auth0/',
    jwksPath: '/.well-known/jwks.json',
    algorithm: 'RS256',
    token: (wish, kid) => ({
      header: { typ: 'JWT', kid },
      claims: { ...common(wish), azp: wish.client, scope: wish.scopes.join(' '), permissions: wish.scopes },
    }),
  },
  cognito: {
    preset: 'cognito',
    path: '/cognito/eu-west-1_Lab',
    jwksPath: '/.well-known/jwks.json',
    algorithm: 'RS256',
    token: (wish, kid) => {
      const { aud: _, ...claims } = ordinary(wish);
      return { header: { kid }, claims: { ...claims, version: 2, token_use: 'access', origin_jti: wish.tokenId } };
    },
  },
  adfs: {
    preset: 'adfs',
    path: '/adfs',
    jwksPath: '/discovery/keys',
    algorithm: 'RS256',
    accessTokenPath: '/adfs/services/trust',
    token: (wish, x5t) => {
      const claims = { ...common(wish), appid: wish.client, apptype: 'Confidential', scp: wish.scopes.join(' ') };
      return { header: { typ: 'JWT', x5t }, claims: { ...claims, ver: '1.0', auth_time: '2026-09-21T14:10:33.512Z' } };
    },
  },
  'entra-v1': {
    preset: 'entra-v1',
    path: `/entra-v1/${tenant}/`,
    jwksPath: '/discovery/keys',
    algorithm: 'RS256',
    document: { tenant_region_scope: 'EU' },
    token: (wish, kid) => ({
      header: { typ: 'JWT', kid, x5t: kid },
      claims: { ...entra(wish), appid: wish.client, appidacr: '1', ver: '1.0' },
    }),
  },
  'entra-v2': {
    preset: 'entra-v2',
    path: `/entra-v2/${tenant}/v2.0`,
    jwksPath: '/discovery/keys',
    algorithm: 'RS256',
    document: { tenant_region_scope: 'EU' },
    token: (wish, kid) => ({
      header: { typ: 'JWT', kid },
      claims: { ...entra(wish), azp: wish.client, azpacr: '1', ver: '2.0' },
    }),
  },
  pingfederate: {
    preset: 'pingfederate',
    path: '/pingfederate',
    jwksPath: '/pf/JWKS',
    algorithm: 'ES256',
    document: { ping_revoked_sris_endpoint: true },
    token: (wish, kid) => ({ header: { kid }, claims: { ...ordinary(wish), scope: wish.scopes, agid: wish.tokenId } }),
  },
  pingone: {
    preset: 'pingone',
    path: '/pingone/2d7c9a41-e80f-4b35-a6d2-71f3c5b09e84/as',
    jwksPath: '/jwks',
    algorithm: 'RS256',
    token: (wish, kid) => ({
      header: { typ: 'at+jwt', kid },
      claims: { ...ordinary(wish), 'p1.permissions': wish.scopes, sid: wish.tokenId },
    }),
  },
  keycloak: {
    preset: 'keycloak',
    path: '/keycloak/realms/lab',
    jwksPath: '/protocol/openid-connect/certs',
    algorithm: 'RS256',
    token: (wish, kid) => ({
      header: { typ: 'JWT', kid },
      claims: {
        ...common(wish),
        typ: 'Bearer',
        azp: wish.client,
        scope: wish.scopes.join(' '),
        realm_access: { roles: ['clerk'] },
        resource_access: { 'orders-api': { roles: ['read'] } },
      },
    }),
  },
} satisfies Record<string, IssuerShape>);

/** What every one of them has: RFC 7519 section 4.1. */
function common({ issuer, subject, audiences, issuedAt, expiresAt, tokenId }: TokenWish) {
  const aud = audiences.length === 1 ? audiences[0] : audiences;
  return { iss: issuer, sub: subject, aud, iat: issuedAt, exp: expiresAt, jti: tokenId };
}

/** RFC 9068 section 2.2 */
function ordinary(wish: TokenWish) {
  return { ...common(wish), client_id: wish.client, scope: wish.scopes.join(' ') };
}

function entra(wish: TokenWish) {
  const { jti, ...claims } = common(wish);
  return { ...claims, nbf: wish.issuedAt, uti: jti, tid: tenant, oid: wish.subject, scp: wish.scopes.join(' ') };
}
