import type { IssuerShape } from '../issuer-shape.ts';
import { commonClaims, isMachine } from './common-claims.ts';

/** Auth0's own token profile. Who names no audience gets an opaque token, which the real one takes at userinfo only. */
export const auth0: IssuerShape = {
  preset: 'auth0',
  path: '/auth0/',
  endpoints: {
    jwks: '/.well-known/jwks.json',
    token: '/oauth/token',
    introspection: '/introspect',
    revocation: '/oauth/revoke',
  },
  algorithm: 'RS256',
  document: (root) => ({ revocation_endpoint: `${root}/oauth/revoke`, userinfo_endpoint: `${root}/userinfo` }),
  isOpaque: ({ audiences }) => audiences.length === 0,
  token: (wish, kid) => {
    const audiences = wish.scopes.includes('openid')
      ? [...wish.audiences, `${wish.identifier}userinfo`]
      : wish.audiences;
    const { jti: _, ...claims } = commonClaims({ ...wish, audiences });
    const subject = isMachine(wish) ? { sub: `${wish.client}@clients`, gty: 'client-credentials' } : {};
    const rights = { scope: wish.scopes.join(' '), permissions: wish.scopes };
    return { header: { typ: 'JWT', kid }, claims: { ...claims, ...subject, azp: wish.client, ...rights } };
  },
};
