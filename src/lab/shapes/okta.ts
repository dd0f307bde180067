import type { IssuerShape, TokenWish } from '../issuer-shape.ts';
import { audienceOf, commonClaims, isMachine, signedInAt } from './common-claims.ts';

/** A custom authorization server. */
export const okta: IssuerShape = {
  preset: 'okta',
  path: '/okta/oauth2/default',
  endpoints: { jwks: '/v1/keys', token: '/v1/token', introspection: '/v1/introspect', revocation: '/v1/revoke' },
  algorithm: 'RS256',
  document: (root) => ({ introspection_endpoint: `${root}/v1/introspect`, revocation_endpoint: `${root}/v1/revoke` }),
  token: (wish, kid) => {
    const claims = { ver: 1, ...commonClaims(wish), jti: `AT.${wish.tokenId}`, cid: wish.client, scp: wish.scopes };
    return { header: { kid }, claims: isMachine(wish) ? claims : { ...claims, ...person(wish) } };
  },
  person: (subject) => userId({ subject }),
  introspect: (wish) => ({
    aud: audienceOf(wish).aud,
    client_id: wish.client,
    exp: wish.expiresAt,
    iat: wish.issuedAt,
    iss: wish.issuer,
    jti: `AT.${wish.tokenId}`,
    scope: wish.scopes.join(' '),
    sub: wish.subject,
    ...(isMachine(wish) ? {} : { uid: userId(wish), username: wish.subject }),
    token_type: 'Bearer',
  }),
};

function person(wish: TokenWish) {
  return { uid: userId(wish), auth_time: signedInAt(wish), groups: ['Everyone', 'clerks'] };
}

function userId({ subject }: Pick<TokenWish, 'subject'>): string {
  return `00u${Buffer.from(subject).toString('hex').slice(0, 17)}`;
}
