import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aSigningKey, type SigningKey, signTexts } from '../../test/fixtures/a-jwt.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Verdict } from '../protocol/verdict.ts';
import { decodeJwt, importKeySet, type KeySet, verifyJwt } from '../tokens/index.ts';
import { createIssuer } from './create-issuer.ts';
import { expandTenants } from './expand-tenants.ts';
import type { Issuer } from './issuer.ts';
import type { IssuerOptions } from './issuer-options.ts';
import { planIssuer } from './plan-issuer.ts';
import { unusedKeySource } from './unused-key-source.ts';

/** Within the life of every documented token. */
const now = 1_790_000_100_000;

interface Sample {
  readonly options: IssuerOptions;
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly principal: Readonly<Record<string, unknown>>;
}

/** Tokens of the shapes that the providers document, under the names and with the types that they give to claims. */
const samples: Readonly<Record<string, Sample>> = {
  'Okta, for a user': {
    options: { preset: 'okta', issuer: 'https://acme.okta.example/oauth2/aus4k2m9xQpLw7Zt5d7' },
    header: { kid: 'rK3b0yq1n0Vd2sXw9lTq7Z4mHcJ5aEo8uPfGi6NtYkA', alg: 'RS256' },
    payload: {
      ver: 1,
      jti: 'AT.9kQ2vXn7LrB4tHs0ZpWm5cYd8uEjGfAo1iKxTqNzRl3',
      iss: 'https://acme.okta.example/oauth2/aus4k2m9xQpLw7Zt5d7',
      aud: 'api://orders',
      iat: 1790000000,
      exp: 1790003600,
      auth_time: 1789999100,
      cid: '0oa7h3k9wPqLm2Xt5d7',
      uid: '00u5r1n8vTqKd3Yz5d7',
      scp: ['orders:read', 'offline_access'],
      sub: 'mira.tan@acme.example',
      groups: ['Everyone', 'orders-admins'],
    },
    principal: {
      subject: 'mira.tan@acme.example',
      client: '0oa7h3k9wPqLm2Xt5d7',
      audiences: ['api://orders'],
      scopes: new Set(['orders:read', 'offline_access']),
      roles: [],
      groups: ['Everyone', 'orders-admins'],
      session: undefined,
      tokenId: 'AT.9kQ2vXn7LrB4tHs0ZpWm5cYd8uEjGfAo1iKxTqNzRl3',
    },
  },
  'Okta, for a client': {
    options: { preset: 'okta', issuer: 'https://acme.okta.example/oauth2/default' },
    header: { kid: 'rK3b', alg: 'RS256' },
    payload: {
      ver: 1,
      jti: 'AT.9kQ2',
      iss: 'https://acme.okta.example/oauth2/default',
      aud: 'api://orders',
      iat: 1790000000,
      exp: 1790003600,
      cid: '0oa7h3k9wPqLm2Xt5d7',
      scp: ['orders:read'],
      sub: '0oa7h3k9wPqLm2Xt5d7',
    },
    principal: { subject: '0oa7h3k9wPqLm2Xt5d7', client: '0oa7h3k9wPqLm2Xt5d7', groups: [] },
  },
  'Auth0, profile of RFC 9068': {
    options: { preset: 'auth0', issuer: 'https://acme-eu.auth0.example/' },
    header: { alg: 'RS256', typ: 'at+jwt', kid: 'pQ7x2Lk9Zr0Vd5mTn8HsY' },
    payload: {
      iss: 'https://acme-eu.auth0.example/',
      sub: 'auth0|66f1c2a9be34d07f5a8e1234',
      aud: ['https://api.acme.example/orders', 'https://acme-eu.auth0.example/userinfo'],
      iat: 1790000000,
      exp: 1790086400,
      scope: 'openid profile orders:read',
      permissions: ['orders:read'],
      client_id: 'Kx2mQ9vT4rLp7ZsWn1Yd8HbGc3JfEo6U',
      jti: 'N3vq8ZtKx0LpWm5cYd7uEj',
      'https://acme.example/claims/roles': ['clerk'],
      org_id: 'org_9ZkTqLm2Xv4pRw7d',
    },
    principal: {
      subject: 'auth0|66f1c2a9be34d07f5a8e1234',
      client: 'Kx2mQ9vT4rLp7ZsWn1Yd8HbGc3JfEo6U',
      audiences: ['https://api.acme.example/orders', 'https://acme-eu.auth0.example/userinfo'],
      scopes: new Set(['openid', 'profile', 'orders:read']),
      roles: ['orders:read'],
      tokenId: 'N3vq8ZtKx0LpWm5cYd7uEj',
    },
  },
  'Auth0, its own profile, for a client, and roles in a claim of the tenant': {
    options: {
      preset: 'auth0',
      issuer: 'https://acme-eu.auth0.example/',
      claims: { roles: [['https://acme.example/claims/roles']] },
    },
    header: { alg: 'RS256', typ: 'JWT', kid: 'pQ7x2Lk9Zr0Vd5mTn8HsY' },
    payload: {
      iss: 'https://acme-eu.auth0.example/',
      sub: 'Kx2mQ9vT4rLp7ZsWn1Yd8HbGc3JfEo6U@clients',
      aud: 'https://api.acme.example/orders',
      iat: 1790000000,
      exp: 1790086400,
      scope: 'orders:read',
      azp: 'Kx2mQ9vT4rLp7ZsWn1Yd8HbGc3JfEo6U',
      gty: 'client-credentials',
      'https://acme.example/claims/roles': ['clerk'],
    },
    principal: {
      client: 'Kx2mQ9vT4rLp7ZsWn1Yd8HbGc3JfEo6U',
      audiences: ['https://api.acme.example/orders'],
      roles: ['clerk'],
      tokenId: undefined,
    },
  },
  Cognito: {
    options: {
      preset: 'cognito',
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E',
      clients: ['4n7k2q9v1t5r8m3x6z0p2w4y6b'],
    },
    header: { kid: 'Qx5v0LkZr9dTn2HsY7pWm1cE4uGjAf8oKiBtXqNzR3s=', alg: 'RS256' },
    payload: {
      sub: '6f2d1c84-3b7e-4e0a-9c15-2a8d7f40b911',
      'cognito:groups': ['orders-admins'],
      iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E',
      version: 2,
      client_id: '4n7k2q9v1t5r8m3x6z0p2w4y6b',
      origin_jti: '0b9f7c62-6f1e-4d35-8a07-51c2e8d9a4f3',
      event_id: 'c1d7a9e0-2f43-4b68-95ab-7e30f1c6d284',
      token_use: 'access',
      scope: 'openid https://api.acme.example/orders.read',
      auth_time: 1789999100,
      iat: 1790000000,
      exp: 1790003600,
      jti: 'f4e82b19-77c3-4a5d-8d61-0c9b3e2a6f57',
      username: 'mira.tan',
    },
    principal: {
      subject: '6f2d1c84-3b7e-4e0a-9c15-2a8d7f40b911',
      client: '4n7k2q9v1t5r8m3x6z0p2w4y6b',
      audiences: ['4n7k2q9v1t5r8m3x6z0p2w4y6b'],
      scopes: new Set(['openid', 'https://api.acme.example/orders.read']),
      groups: ['orders-admins'],
      session: '0b9f7c62-6f1e-4d35-8a07-51c2e8d9a4f3',
      tokenId: 'f4e82b19-77c3-4a5d-8d61-0c9b3e2a6f57',
    },
  },
  'AD FS, without kid': {
    options: { preset: 'adfs', issuer: 'https://fs.acme.example/adfs' },
    header: { typ: 'JWT', alg: 'RS256', x5t: 'Zr9dTn2HsY7pWm1cE4uGjAf8oKi' },
    payload: {
      aud: 'microsoft:identityserver:b1f0c7de-52a4-4d19-9e63-7a80c2f5d3e8',
      iss: 'http://fs.acme.example/adfs/services/trust',
      iat: 1790000000,
      nbf: 1790000000,
      exp: 1790003600,
      apptype: 'Confidential',
      appid: 'b1f0c7de-52a4-4d19-9e63-7a80c2f5d3e8',
      authmethod: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
      auth_time: '2026-09-21T14:10:33.512Z',
      ver: '1.0',
      scp: 'openid orders.read',
      upn: 'mira.tan@corp.acme.example',
      group: 'Orders Admins',
      sub: 'e0Vd5mTn8HsYpQ7x2Lk9Zr4cWbKi1uGj3oAf6tEq',
    },
    principal: {
      issuer: 'https://fs.acme.example/adfs',
      subject: 'e0Vd5mTn8HsYpQ7x2Lk9Zr4cWbKi1uGj3oAf6tEq',
      client: 'b1f0c7de-52a4-4d19-9e63-7a80c2f5d3e8',
      audiences: ['microsoft:identityserver:b1f0c7de-52a4-4d19-9e63-7a80c2f5d3e8'],
      scopes: new Set(['openid', 'orders.read']),
      groups: ['Orders Admins'],
      tokenId: undefined,
    },
  },
  'Entra ID, version 1.0': {
    options: { preset: 'entra-v1', issuer: 'https://sts.windows.net/4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846/' },
    header: { typ: 'JWT', alg: 'RS256', x5t: 'mTn8HsYpQ7x2Lk9Zr0Vd5', kid: 'mTn8HsYpQ7x2Lk9Zr0Vd5' },
    payload: {
      aud: 'api://orders.acme.example',
      iss: 'https://sts.windows.net/4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846/',
      iat: 1790000000,
      nbf: 1790000000,
      exp: 1790004512,
      acr: '1',
      aio: 'ATQAy/8TAAAA0pQ7x2Lk',
      amr: ['pwd', 'mfa'],
      appid: 'd7a20f4c-61be-4e93-8c58-3f1b9e60a7d2',
      appidacr: '1',
      idp: 'https://sts.windows.net/4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846/',
      ipaddr: '203.0.113.24',
      name: 'Mira Tan',
      unique_name: 'mira.tan@acme.example',
      oid: '1e6c5a39-f7d0-42b8-9a4e-c80b7d13f265',
      rh: '0.AAAA',
      scp: 'orders.read user_impersonation',
      roles: ['Orders.Clerk'],
      sub: 'HsYpQ7x2Lk9Zr0Vd5mTn8uWbKi1uGj3oAf6tEq4c',
      tid: '4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846',
      uti: 'Lk9Zr0Vd5mTn8HsYpQ7xAA',
      ver: '1.0',
    },
    principal: {
      subject: 'HsYpQ7x2Lk9Zr0Vd5mTn8uWbKi1uGj3oAf6tEq4c',
      client: 'd7a20f4c-61be-4e93-8c58-3f1b9e60a7d2',
      audiences: ['api://orders.acme.example'],
      scopes: new Set(['orders.read', 'user_impersonation']),
      roles: ['Orders.Clerk'],
      groups: [],
      tokenId: 'Lk9Zr0Vd5mTn8HsYpQ7xAA',
    },
  },
  'Entra ID, version 2.0, for an application': {
    options: {
      preset: 'entra-v2',
      issuer: 'https://login.microsoftonline.com/4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846/v2.0',
    },
    header: { typ: 'JWT', alg: 'RS256', kid: 'mTn8HsYpQ7x2Lk9Zr0Vd5' },
    payload: {
      aud: '5b8f2d61-0c7e-49a3-a1d4-e96f30b8c752',
      iss: 'https://login.microsoftonline.com/4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846/v2.0',
      iat: 1790000000,
      nbf: 1790000000,
      exp: 1790004512,
      aio: 'E2ZgYJhu',
      azp: 'd7a20f4c-61be-4e93-8c58-3f1b9e60a7d2',
      azpacr: '1',
      idtyp: 'app',
      oid: '93d1f0ab-5c26-4b7e-8e49-17ad6c0f25b8',
      rh: '0.AAAA',
      roles: ['Orders.Process.All'],
      sub: '93d1f0ab-5c26-4b7e-8e49-17ad6c0f25b8',
      tid: '4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846',
      uti: 'Vd5mTn8HsYpQ7x2Lk9ZrAA',
      ver: '2.0',
    },
    principal: {
      subject: '93d1f0ab-5c26-4b7e-8e49-17ad6c0f25b8',
      client: 'd7a20f4c-61be-4e93-8c58-3f1b9e60a7d2',
      audiences: ['5b8f2d61-0c7e-49a3-a1d4-e96f30b8c752'],
      scopes: new Set(),
      roles: ['Orders.Process.All'],
    },
  },
  'PingFederate, scopes in an array, without audience': {
    options: { preset: 'pingfederate', issuer: 'https://sso.acme.example:9031', clients: ['orders-web'] },
    header: { alg: 'ES256', kid: 'orders-2026a' },
    payload: {
      scope: ['openid', 'orders:read'],
      client_id: 'orders-web',
      agid: 'q7X2lK9zR0vD5mTn8HsYpW1cE4uGjAf8',
      iss: 'https://sso.acme.example:9031',
      jti: 'Zr0Vd5mTn8HsYpQ7x2Lk9W',
      Username: 'mtan',
      memberOf: ['cn=orders,dc=acme', 'cn=staff,dc=acme'],
      exp: 1790007200,
    },
    principal: {
      subject: undefined,
      client: 'orders-web',
      audiences: ['orders-web'],
      scopes: new Set(['openid', 'orders:read']),
      session: 'q7X2lK9zR0vD5mTn8HsYpW1cE4uGjAf8',
      tokenId: 'Zr0Vd5mTn8HsYpQ7x2Lk9W',
      issuedAt: undefined,
    },
  },
  PingOne: {
    options: { preset: 'pingone', issuer: 'https://auth.pingone.eu/2d7c9a41-e80f-4b35-a6d2-71f3c5b09e84/as' },
    header: { kid: '3f9b2c70-64ad-11ef-9d1e-5b7c0a8e4f21', alg: 'RS256', typ: 'at+jwt' },
    payload: {
      client_id: '8c2e7f10-5ab4-4d63-9e17-0b6d3fa9c542',
      iss: 'https://auth.pingone.eu/2d7c9a41-e80f-4b35-a6d2-71f3c5b09e84/as',
      jti: 'a5d10c7e-93f2-4b86-8e40-6c1b7d2f5093',
      iat: 1790000000,
      exp: 1790003600,
      aud: ['https://api.acme.example/orders'],
      scope: 'orders:read',
      sub: 'f07b2e9d-4c18-4a53-b6e7-82d0c9a1f364',
      sid: 'c4e8a1b7-2d05-4f96-8a3b-9e70d5f1c268',
      auth_time: 1789999100,
      acr: 'Single_Factor',
      'p1.permissions': ['orders:read'],
    },
    principal: {
      subject: 'f07b2e9d-4c18-4a53-b6e7-82d0c9a1f364',
      client: '8c2e7f10-5ab4-4d63-9e17-0b6d3fa9c542',
      audiences: ['https://api.acme.example/orders'],
      scopes: new Set(['orders:read']),
      roles: ['orders:read'],
      session: 'c4e8a1b7-2d05-4f96-8a3b-9e70d5f1c268',
    },
  },
  Keycloak: {
    options: { preset: 'keycloak', issuer: 'https://id.acme.example/realms/acme' },
    header: { alg: 'RS256', typ: 'JWT', kid: 'Vd5mTn8HsYpQ7x2Lk9Zr0W1cE4uGjAf8oKiBtXqNzR3' },
    payload: {
      exp: 1790000300,
      iat: 1790000000,
      auth_time: 1789999100,
      jti: 'onrtac:5c27a9e1-0f84-4d6b-b3a2-e91d70c8f546',
      iss: 'https://id.acme.example/realms/acme',
      aud: ['orders-api', 'account'],
      sub: '2f9d7c10-a6b4-4e58-8d31-0c7b5e92f1a3',
      typ: 'Bearer',
      azp: 'orders-web',
      sid: '81e0b4d7-6c29-4f53-9a8e-3d7f1c05b264',
      acr: '1',
      'allowed-origins': ['https://app.acme.example'],
      realm_access: { roles: ['offline_access', 'clerk'] },
      resource_access: { 'orders-api': { roles: ['read', 'refund'] }, account: { roles: ['view-profile'] } },
      scope: 'openid profile orders:read',
      preferred_username: 'mtan',
      groups: ['/staff/orders'],
    },
    principal: {
      subject: '2f9d7c10-a6b4-4e58-8d31-0c7b5e92f1a3',
      client: 'orders-web',
      audiences: ['orders-api', 'account'],
      scopes: new Set(['openid', 'profile', 'orders:read']),
      roles: ['offline_access', 'clerk', 'orders-api:read', 'orders-api:refund', 'account:view-profile'],
      groups: ['/staff/orders'],
      session: '81e0b4d7-6c29-4f53-9a8e-3d7f1c05b264',
    },
  },
};

function issuerOf(options: IssuerOptions): Issuer {
  const [tenant, ...others] = expandTenants('acme', options);
  assert.ok(tenant !== undefined && others.length === 0);
  return createIssuer(planIssuer('acme', tenant), unusedKeySource);
}

/** A key that answers to the names that the sample's header uses. */
function keyFor(header: Sample['header']): { key: SigningKey; keySet: KeySet } {
  const key = aSigningKey(String(header['alg']));
  const { kid: _, ...jwk } = key.jwk;
  const { kid, x5t } = header;
  const named = { ...jwk, ...(kid === undefined ? {} : { kid }), ...(x5t === undefined ? {} : { x5t }) };
  return { key, keySet: importKeySet({ keys: [named] }).keySet };
}

function present({ options, header, payload }: Omit<Sample, 'principal'>): Verdict<Principal> {
  const issuer = issuerOf(options);
  const { key, keySet } = keyFor(header);
  const decoded = decodeJwt(signTexts(JSON.stringify(header), JSON.stringify(payload), key), 16_384);
  assert.ok(decoded.ok);
  const verified = verifyJwt(decoded.value, issuer.expectation, keySet, now);
  return verified.ok ? issuer.principalOf(verified.value) : verified;
}

function refusalOf(sample: Omit<Sample, 'principal'>): readonly [string, unknown] {
  const verdict = present(sample);
  assert.equal(verdict.ok, false);
  return [verdict.rejection.code, verdict.rejection.facts['claim']];
}

function sample(name: string): Sample {
  const found = samples[name];
  assert.ok(found !== undefined);
  return found;
}

for (const [name, { principal, ...token }] of Object.entries(samples)) {
  test(`a documented token is read as its provider means it: ${name}`, () => {
    const verdict = present(token);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    for (const [member, expected] of Object.entries(principal)) {
      assert.deepEqual(verdict.value[member as keyof Principal], expected, member);
    }
  });

  test(`a letter more or less in the issuer is another issuer: ${name}`, () => {
    const iss = String(token.payload['iss']);
    for (const other of [`${iss}/`, iss.replace(/\/$/, ''), iss.toUpperCase(), iss.replace('https:', 'http:')]) {
      if (other === iss) continue;
      assert.deepEqual(refusalOf({ ...token, payload: { ...token.payload, iss: other } }), ['claim_invalid', 'iss']);
    }
  });

  test(`a token without audience and without a listed client is refused: ${name}`, () => {
    const { clients: _, ...options } = token.options;
    const { aud: __, ...payload } = token.payload;
    assert.deepEqual(refusalOf({ ...token, options, payload }), ['claim_missing', 'aud']);
  });

  test(`a token of a client that is not listed is refused: ${name}`, () => {
    const options = { ...token.options, clients: ['another-client'] };
    assert.deepEqual(refusalOf({ ...token, options }), ['client_not_accepted', undefined]);
  });

  test(`an ID token of the same issuer is refused: ${name}`, () => {
    const payload = { ...token.payload, nonce: 'n-0S6_WzA2Mj' };
    assert.deepEqual(refusalOf({ ...token, payload }), ['not_an_access_token', 'nonce']);
  });
}

const withoutClient: Readonly<Record<string, string>> = {
  'Okta, for a user': 'cid',
  'Auth0, profile of RFC 9068': 'client_id',
  Cognito: 'client_id',
  'AD FS, without kid': 'appid',
  'Entra ID, version 1.0': 'appid',
  'Entra ID, version 2.0, for an application': 'azp',
  PingOne: 'client_id',
  Keycloak: 'azp',
};

for (const [name, claim] of Object.entries(withoutClient)) {
  test(`what lacks the client is no access token, and the claims that are there are named: ${name}`, () => {
    const { [claim]: _, ...payload } = sample(name).payload;
    const verdict = present({ ...sample(name), payload });
    assert.equal(verdict.ok, false);
    const { code, facts } = verdict.rejection;
    assert.deepEqual([code, facts['claim'], facts['present']], ['claim_missing', 'client', Object.keys(payload)]);
  });
}

test('ID tokens that say what they are in the payload are refused', () => {
  const cognito = sample('Cognito');
  const idToken = { ...cognito.payload, token_use: 'id', aud: '4n7k2q9v1t5r8m3x6z0p2w4y6b' };
  assert.deepEqual(refusalOf({ ...cognito, payload: idToken }), ['not_an_access_token', 'token_use']);
  const keycloak = sample('Keycloak');
  for (const typ of ['ID', 'Refresh', 'Offline', 'bearer']) {
    const payload = { ...keycloak.payload, typ };
    assert.deepEqual(refusalOf({ ...keycloak, payload }), ['not_an_access_token', 'typ']);
  }
});

test('logout tokens, proofs and events are refused by their type, whichever provider sends them', () => {
  for (const token of Object.values(samples)) {
    for (const typ of ['logout+jwt', 'secevent+jwt', 'dpop+jwt', 'global-token-revocation+jwt', 'id_token']) {
      assert.equal(refusalOf({ ...token, header: { ...token.header, typ } })[0], 'token_type_not_accepted');
    }
  }
});

test('a token of one version of Entra ID is none of the other', () => {
  const v2 = sample('Entra ID, version 2.0, for an application');
  assert.deepEqual(refusalOf({ ...v2, payload: { ...v2.payload, ver: '1.0' } }), ['claim_invalid', 'ver']);
});

test('the tenant in an Entra ID token is the one of its issuer', () => {
  for (const name of ['Entra ID, version 1.0', 'Entra ID, version 2.0, for an application']) {
    const token = sample(name);
    const payload = { ...token.payload, tid: '9188040d-6c67-4c5b-b112-36a304b66dad' };
    assert.deepEqual(refusalOf({ ...token, payload }), ['claim_invalid', 'tid']);
  }
});

test('too many groups for an Entra ID token means that they are unknown', () => {
  const token = sample('Entra ID, version 1.0');
  const elsewhere = {
    _claim_names: { groups: 'src1' },
    _claim_sources: { src1: { endpoint: 'https://graph.example' } },
  };
  for (const overage of [elsewhere, { hasgroups: true }, { ...elsewhere, groups: ['a'] }]) {
    const verdict = present({ ...token, payload: { ...token.payload, ...overage } });
    assert.ok(verdict.ok);
    assert.equal(verdict.value.groups, 'unknown');
  }
});

test('a Cognito token that was asked for with a resource has an audience, and its client is checked as well', () => {
  const token = sample('Cognito');
  const payload = { ...token.payload, aud: 'https://api.acme.example' };
  const verdict = present({ ...token, payload });
  assert.ok(verdict.ok);
  assert.deepEqual(verdict.value.audiences, ['https://api.acme.example']);
});

test('a role of one client never looks like a role of the realm or of another client', () => {
  const token = sample('Keycloak');
  const payload = {
    ...token.payload,
    realm_access: { roles: ['admin'] },
    resource_access: { 'my.client': { roles: ['admin'] }, 'a:b': { roles: ['c'] }, a: { roles: ['b:c'] } },
  };
  const verdict = present({ ...token, payload });
  assert.ok(verdict.ok);
  assert.deepEqual(verdict.value.roles, ['admin', 'my.client:admin', 'a%3Ab:c', 'a:b:c']);
});

test('a claim with dots in its name is found by an array of names', () => {
  const token = sample('Keycloak');
  const options = { ...token.options, claims: { roles: [['resource_access', 'my.client', 'roles']] } } as const;
  const payload = { ...token.payload, resource_access: { 'my.client': { roles: ['admin'] } } };
  const verdict = present({ ...token, options, payload });
  assert.ok(verdict.ok);
  assert.deepEqual(verdict.value.roles, ['admin']);
});

test("Okta's org server and Google are refused for their own reasons, before any key is sought", (t: TestContext) => {
  const org = issuerOf({ preset: 'okta', issuer: 'https://acme.okta.example' });
  t.assert.equal(org.refusal?.code, 'issuer_not_verifiable');
  t.assert.match(String(org.refusal?.facts['reason']), /org authorization server/);
  const google = issuerOf({ preset: 'google', issuer: 'https://accounts.google.com' });
  t.assert.equal(google.refusal?.code, 'issuer_not_verifiable');
  t.assert.deepEqual(google.expectation.issuers, ['https://accounts.google.com', 'accounts.google.com']);
  t.assert.equal(issuerOf(sample('Okta, for a user').options).refusal, undefined);
});

test('any standard provider works with the presets of the standards', () => {
  const header = { alg: 'ES256', kid: 'a', typ: 'application/at+JWT' };
  const payload = {
    iss: 'https://id.example',
    sub: 'mira',
    aud: 'https://api.example',
    client_id: 'web',
    scope: 'a b',
    roles: 'clerk',
    exp: 1790003600,
  };
  for (const preset of ['oidc', 'oauth'] as const) {
    const verdict = present({ options: { preset, issuer: 'https://id.example' }, header, payload });
    assert.ok(verdict.ok, JSON.stringify(verdict));
    const { subject, client, audiences, scopes, roles } = verdict.value;
    assert.deepEqual(
      { subject, client, audiences, scopes: [...scopes], roles },
      { subject: 'mira', client: 'web', audiences: ['https://api.example'], scopes: ['a', 'b'], roles: ['clerk'] },
    );
  }
});
