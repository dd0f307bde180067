import type { IssuerShape } from '../issuer-shape.ts';
import { isMachine, ordinaryAnswer, ordinaryClaims, signedInAt } from './common-claims.ts';

/** PingOne. An application has neither `sub` nor a session. */
export const pingone: IssuerShape = {
  preset: 'pingone',
  path: '/pingone/2d7c9a41-e80f-4b35-a6d2-71f3c5b09e84/as',
  endpoints: { jwks: '/jwks', token: '/token', introspection: '/introspect', revocation: '/revoke' },
  algorithm: 'RS256',
  document: (root) => ({ introspection_endpoint: `${root}/introspect`, revocation_endpoint: `${root}/revoke` }),
  token: (wish, kid) => {
    const { sub, ...always } = { ...ordinaryClaims(wish), aud: wish.audiences, 'p1.permissions': wish.scopes };
    const person = { sub, sid: wish.tokenId, auth_time: signedInAt(wish), acr: 'Single_Factor' };
    return { header: { typ: 'at+jwt', kid }, claims: isMachine(wish) ? always : { ...always, ...person } };
  },
  introspect: (wish) => {
    const { username: _, ...core } = ordinaryAnswer(wish);
    return core;
  },
};
