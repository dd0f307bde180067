import type { IssuerShape, TokenWish } from '../issuer-shape.ts';
import { commonClaims, isMachine } from './common-claims.ts';

const tenant = '4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846';

/** Microsoft Entra ID, version 1.0. */
export const entraV1: IssuerShape = {
  preset: 'entra-v1',
  path: `/entra-v1/${tenant}/`,
  endpoints: {
    jwks: '/discovery/keys',
    token: '/oauth2/token',
    introspection: '/introspect',
    revocation: '/revoke',
  },
  algorithm: 'RS256',
  document: () => ({ tenant_region_scope: 'EU' }),
  token: (wish, kid) => {
    const names = { appid: wish.client, appidacr: '1', idp: wish.issuer, ver: '1.0' };
    const signIn = { acr: '1', amr: ['pwd', 'mfa'], ipaddr: '203.0.113.24', roles: ['Orders.Clerk'] };
    const person = isMachine(wish) ? {} : { ...signIn, unique_name: `${wish.subject}@acme.example` };
    return { header: { typ: 'JWT', kid, x5t: kid }, claims: { ...shared(wish), ...names, ...person } };
  },
};

/** Microsoft Entra ID, version 2.0; the document of several tenants is at `common`. */
export const entraV2: IssuerShape = {
  preset: 'entra-v2',
  path: `/entra-v2/${tenant}/v2.0`,
  root: `/entra-v2/${tenant}`,
  endpoints: {
    jwks: '/discovery/v2.0/keys',
    token: '/oauth2/v2.0/token',
    introspection: '/introspect',
    revocation: '/revoke',
  },
  algorithm: 'RS256',
  document: () => ({ tenant_region_scope: 'EU' }),
  shared: { path: '/entra-v2/common/v2.0', issuerPath: '/entra-v2/{tenantid}/v2.0' },
  keySet: (keys, root) => keys.map((key) => ({ ...key, issuer: `${root.replace(tenant, '{tenantid}')}/v2.0` })),
  token: (wish, kid) => {
    const app = isMachine(wish) ? { idtyp: 'app' } : { preferred_username: `${wish.subject}@acme.example` };
    const names = { azp: wish.client, azpacr: '1', ver: '2.0', ...app };
    return { header: { typ: 'JWT', kid }, claims: { ...shared(wish), ...names } };
  },
};

/** Applications have roles in place of scopes. */
function shared(wish: TokenWish) {
  const { jti, ...claims } = commonClaims(wish);
  const ids = { tid: tenant, oid: wish.subject, uti: jti, rh: '0.AAAA', aio: 'E2ZgYJhu' };
  const rights = isMachine(wish) ? { roles: wish.scopes } : { scp: wish.scopes.join(' '), name: wish.subject };
  return { ...claims, nbf: wish.issuedAt, ...ids, ...rights };
}
