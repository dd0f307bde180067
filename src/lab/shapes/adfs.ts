import type { IssuerShape } from '../issuer-shape.ts';
import { commonClaims, signedInAt } from './common-claims.ts';

/** AD FS 2016: the key is named by `x5t` alone, one group is a string, and `auth_time` is a text. */
export const adfs: IssuerShape = {
  preset: 'adfs',
  path: '/adfs',
  endpoints: {
    jwks: '/discovery/keys',
    token: '/oauth2/token',
    introspection: '/introspect',
    revocation: '/revoke',
  },
  algorithm: 'RS256',
  accessTokenPath: '/adfs/services/trust',
  token: (wish, x5t) => {
    const { jti: _, ...claims } = commonClaims(wish);
    return {
      header: { typ: 'JWT', x5t },
      claims: {
        ...claims,
        nbf: wish.issuedAt,
        apptype: 'Confidential',
        appid: wish.client,
        authmethod: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
        auth_time: new Date(signedInAt(wish) * 1000).toISOString(),
        ver: '1.0',
        scp: wish.scopes.join(' '),
        upn: `${wish.subject}@corp.acme.example`,
        group: 'clerks',
      },
    };
  },
};
