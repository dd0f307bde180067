import { facts } from './facts.ts';
import type { ProviderCase } from './provider-case.ts';

const { subject: sub, client, audience: aud, scope, role, group } = facts;
const tenant = '4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846';
const plain = (kid: string) => ({ kid });
const typed = (kid: string) => ({ typ: 'JWT', kid });
const untold = { PUT: 'role_missing', PATCH: 'group_missing' };

const okta = 'https://acme.okta.example/oauth2/aus4k2m9xQpLw7Zt5d7';
const auth0 = 'https://acme-eu.auth0.example/';
const cognito = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E';
const entraV1 = `https://sts.windows.net/${tenant}/`;
const entraV2 = `https://login.microsoftonline.com/${tenant}/v2.0`;
const pingfederate = 'https://sso.acme.example:9031';
const pingone = 'https://auth.pingone.eu/2d7c9a41-e80f-4b35-a6d2-71f3c5b09e84/as';
const keycloak = 'https://id.acme.example/realms/acme';

/** RFC 9068 section 2.2. */
const standard = (iss: string) => ({ iss, sub, aud, client_id: client, scope, roles: [role], groups: [group] });

/** RFC 7662 section 2.2, and what the same server would write into a JWT. */
const standardAnswer = (iss: string) => (exp: number) => ({
  active: true,
  token_type: 'Bearer',
  exp,
  ...standard(iss),
});

/** Every preset. */
export const providerCases: Readonly<Record<string, ProviderCase>> = {
  okta: {
    preset: 'okta',
    issuer: okta,
    jwt: {
      alg: 'RS256',
      header: plain,
      claims: { ver: 1, iss: okta, aud, cid: client, uid: '00u5', scp: [scope], sub, groups: [group], roles: [role] },
    },
    opaque: {
      prefix: 'okta-',
      answer: (exp) => ({
        active: true,
        aud,
        client_id: client,
        exp,
        iss: okta,
        jti: 'AT.9',
        scope,
        sub,
        uid: '00u5',
        username: sub,
        token_type: 'Bearer',
      }),
      lacks: untold,
    },
  },
  auth0: {
    preset: 'auth0',
    issuer: auth0,
    settings: "claims: { groups: 'https://acme.example/claims/groups' }",
    jwt: {
      alg: 'RS256',
      header: (kid) => ({ typ: 'at+jwt', kid }),
      claims: {
        iss: auth0,
        sub,
        aud: [aud, `${auth0}userinfo`],
        scope: `openid ${scope}`,
        permissions: [role],
        client_id: client,
        'https://acme.example/claims/groups': [group],
      },
    },
  },
  cognito: {
    preset: 'cognito',
    issuer: cognito,
    settings: `clients: [${client}], claims: { roles: 'custom:roles' }`,
    jwt: {
      alg: 'RS256',
      header: plain,
      claims: {
        sub,
        'cognito:groups': [group],
        'custom:roles': [role],
        iss: cognito,
        version: 2,
        client_id: client,
        origin_jti: '0b9f',
        token_use: 'access',
        scope: `openid ${scope}`,
        username: sub,
      },
    },
  },
  adfs: {
    preset: 'adfs',
    issuer: 'https://fs.acme.example/adfs',
    jwt: {
      alg: 'RS256',
      header: (x5t) => ({ typ: 'JWT', x5t }),
      claims: {
        aud,
        iss: 'http://fs.acme.example/adfs/services/trust',
        apptype: 'Confidential',
        appid: client,
        auth_time: '2026-09-21T14:10:33.512Z',
        ver: '1.0',
        scp: `openid ${scope}`,
        group,
        role,
        sub,
      },
    },
  },
  'entra-v1': {
    preset: 'entra-v1',
    issuer: entraV1,
    jwt: {
      alg: 'RS256',
      header: (kid) => ({ typ: 'JWT', kid, x5t: kid }),
      claims: {
        aud,
        iss: entraV1,
        appid: client,
        appidacr: '1',
        scp: scope,
        roles: [role],
        groups: [group],
        sub,
        tid: tenant,
        uti: 'Lk9Z',
        ver: '1.0',
      },
    },
  },
  'entra-v2': {
    preset: 'entra-v2',
    issuer: entraV2,
    jwt: {
      alg: 'RS256',
      header: typed,
      claims: {
        aud,
        iss: entraV2,
        azp: client,
        azpacr: '1',
        scp: scope,
        roles: [role],
        groups: [group],
        sub,
        tid: tenant,
        uti: 'Vd5m',
        ver: '2.0',
      },
    },
  },
  pingfederate: {
    preset: 'pingfederate',
    issuer: pingfederate,
    settings: `clients: [${client}], claims: { groups: memberOf, subject: [Username, username] }`,
    jwt: {
      alg: 'ES256',
      header: plain,
      claims: {
        scope: ['openid', scope],
        client_id: client,
        agid: 'q7X2',
        iss: pingfederate,
        Username: sub,
        memberOf: [group],
        roles: [role],
      },
    },
    opaque: {
      prefix: '0001',
      answer: (exp) => ({ active: true, token_type: 'Bearer', scope, client_id: client, username: sub, exp }),
      lacks: untold,
    },
  },
  pingone: {
    preset: 'pingone',
    issuer: pingone,
    jwt: {
      alg: 'RS256',
      header: (kid) => ({ kid, typ: 'at+jwt' }),
      claims: {
        client_id: client,
        iss: pingone,
        aud: [aud],
        scope,
        sub,
        sid: 'c4e8',
        'p1.permissions': [role],
        groups: group,
      },
    },
    opaque: {
      prefix: 'p1-',
      answer: (exp) => ({
        active: true,
        client_id: client,
        iss: pingone,
        aud: [aud],
        scope,
        sub,
        exp,
        token_type: 'Bearer',
      }),
      lacks: untold,
    },
  },
  keycloak: {
    preset: 'keycloak',
    issuer: keycloak,
    jwt: {
      alg: 'RS256',
      header: typed,
      claims: {
        iss: keycloak,
        aud: [aud, 'account'],
        sub,
        typ: 'Bearer',
        azp: client,
        realm_access: { roles: ['offline_access', role] },
        resource_access: { account: { roles: ['view-profile'] } },
        scope: `openid ${scope}`,
        groups: [group],
      },
    },
    opaque: {
      prefix: 'kc-',
      answer: (exp) => ({
        active: true,
        exp,
        iss: keycloak,
        aud: [aud, 'account'],
        sub,
        typ: 'Bearer',
        azp: client,
        client_id: client,
        username: sub,
        token_type: 'Bearer',
        realm_access: { roles: [role] },
        scope: `openid ${scope}`,
        groups: [group],
      }),
    },
  },
  google: {
    preset: 'google',
    issuer: 'https://accounts.google.com',
    settings: `clients: [${client}]`,
    opaque: {
      prefix: 'ya29.',
      answer: (exp) => ({
        azp: client,
        aud: client,
        sub,
        scope: `openid ${scope}`,
        exp: String(exp),
        expires_in: '3412',
        email: 'mira@gmail.example',
        email_verified: 'true',
        access_type: 'online',
      }),
      lacks: untold,
    },
  },
  oidc: {
    preset: 'oidc',
    issuer: 'https://op.example',
    jwt: { alg: 'ES256', header: (kid) => ({ typ: 'at+jwt', kid }), claims: standard('https://op.example') },
    opaque: { prefix: 'op-', answer: standardAnswer('https://op.example') },
  },
  oauth: {
    preset: 'oauth',
    issuer: 'https://as.example/tenant',
    jwt: { alg: 'ES256', header: plain, claims: standard('https://as.example/tenant') },
    opaque: { prefix: 'as-', answer: standardAnswer('https://as.example/tenant') },
  },
};
