import type { IssuerShape } from '../issuer-shape.ts';
import { ordinaryClaims } from './common-claims.ts';

/** To the letter of the standards: RFC 9068, 7662, 7009. It is the one of the demo. */
export const standard: IssuerShape = {
  preset: 'oidc',
  path: '',
  endpoints: { jwks: '/jwks', token: '/token', introspection: '/introspect', revocation: '/revoke' },
  algorithm: 'ES256',
  document: (root) => ({ introspection_endpoint: `${root}/introspect`, revocation_endpoint: `${root}/revoke` }),
  token: (wish, kid) => ({ header: { typ: 'at+jwt', kid }, claims: ordinaryClaims(wish) }),
};
