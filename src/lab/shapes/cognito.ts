import type { IssuerShape } from '../issuer-shape.ts';
import { isMachine, ordinaryClaims, signedInAt } from './common-claims.ts';

/** A user pool: no `aud`. The real one never issues opaque tokens, and is never asked about any. */
export const cognito: IssuerShape = {
  preset: 'cognito',
  path: '/cognito/eu-west-1_Lab',
  endpoints: {
    jwks: '/.well-known/jwks.json',
    token: '/oauth2/token',
    introspection: '/introspect',
    revocation: '/oauth2/revoke',
  },
  algorithm: 'RS256',
  document: (root) => ({ revocation_endpoint: `${root}/oauth2/revoke` }),
  token: (wish, kid) => {
    const { aud: _, ...claims } = ordinaryClaims(wish);
    const always = { ...claims, version: 2, token_use: 'access', auth_time: signedInAt(wish) };
    if (isMachine(wish)) return { header: { kid }, claims: always };
    const session = { origin_jti: wish.tokenId, event_id: wish.tokenId, username: wish.subject };
    return { header: { kid }, claims: { ...always, ...session, 'cognito:groups': ['clerks'] } };
  },
};
