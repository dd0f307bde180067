import type { IssuerShape } from '../issuer-shape.ts';

/** Google: opaque access tokens, told by `tokeninfo`; what it signs are ID tokens, which are none. */
export const google: IssuerShape = {
  preset: 'google',
  path: '/google',
  endpoints: { jwks: '/oauth2/v3/certs', token: '/token', introspection: '/tokeninfo', revocation: '/revoke' },
  algorithm: 'RS256',
  document: (root) => ({ revocation_endpoint: `${root}/revoke` }),
  isOpaque: () => true,
  opaqueToken: (random) => `ya29.${random}`,
  token: (wish, kid) => {
    const { issuer: iss, client, subject: sub, issuedAt: iat, expiresAt: exp } = wish;
    return {
      header: { typ: 'JWT', kid },
      claims: { iss, azp: client, aud: client, sub, at_hash: wish.tokenId, iat, exp },
    };
  },
  introspectionProtocol: 'tokeninfo',
  introspect: (wish, now) => ({
    azp: wish.client,
    aud: wish.client,
    sub: wish.subject,
    scope: wish.scopes.join(' '),
    exp: String(wish.expiresAt),
    expires_in: String(wish.expiresAt - now),
    email: `${wish.subject}@gmail.example`,
    email_verified: 'true',
    access_type: 'online',
  }),
};
