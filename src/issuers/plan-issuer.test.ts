import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandTenants } from './expand-tenants.ts';
import type { IssuerOptions } from './issuer-options.ts';
import { IssuerOptionsInvalid } from './issuer-options-invalid.ts';
import { type IssuerPlan, planIssuer } from './plan-issuer.ts';

const contoso = '4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846';
const fabrikam = '7a1c2f0e-4f0a-4c8e-9d3b-0a1b2c3d4e5f';

function plans(options: IssuerOptions): readonly IssuerPlan[] {
  return expandTenants('acme', options).map((tenant) => planIssuer('acme', tenant));
}

function plan(options: IssuerOptions): IssuerPlan {
  const [only, ...others] = plans(options);
  assert.ok(only !== undefined && others.length === 0);
  return only;
}

const discovery: readonly (readonly [IssuerOptions, readonly string[]])[] = [
  [
    { preset: 'oidc', issuer: 'https://id.example/realms/a' },
    [
      'https://id.example/realms/a/.well-known/openid-configuration',
      'https://id.example/.well-known/oauth-authorization-server/realms/a',
      'https://id.example/.well-known/openid-configuration/realms/a',
      'https://id.example/realms/a/.well-known/oauth-authorization-server',
    ],
  ],
  [
    { preset: 'oauth', issuer: 'https://id.example' },
    [
      'https://id.example/.well-known/oauth-authorization-server',
      'https://id.example/.well-known/openid-configuration',
    ],
  ],
  [
    { preset: 'auth0', issuer: 'https://acme.eu.auth0.com/' },
    ['https://acme.eu.auth0.com/.well-known/openid-configuration'],
  ],
  [
    { preset: 'okta', issuer: 'https://acme.okta.com/oauth2/default' },
    [
      'https://acme.okta.com/oauth2/default/.well-known/openid-configuration',
      'https://acme.okta.com/.well-known/oauth-authorization-server/oauth2/default',
      'https://acme.okta.com/oauth2/default/.well-known/oauth-authorization-server',
    ],
  ],
  [
    { preset: 'adfs', issuer: 'https://fs.acme.example/adfs' },
    ['https://fs.acme.example/adfs/.well-known/openid-configuration'],
  ],
  [
    { preset: 'entra-v1', issuer: `https://sts.windows.net/${contoso}/` },
    [`https://login.microsoftonline.com/${contoso}/.well-known/openid-configuration`],
  ],
  [
    { preset: 'entra-v2', issuer: `https://login.microsoftonline.com/${contoso}/v2.0` },
    [`https://login.microsoftonline.com/${contoso}/v2.0/.well-known/openid-configuration`],
  ],
  [{ preset: 'oidc', issuer: 'acme', discovery: 'https://id.example/doc' }, ['https://id.example/doc']],
  [{ preset: 'pingfederate', issuer: 'sso', jwksUri: 'https://sso.example/ext/jwks-orders' }, []],
];

for (const [options, urls] of discovery) {
  test(`the discovery document of ${options.issuer} (${options.preset}) is looked for where it lives`, () => {
    assert.deepEqual(plan(options).keys.discoveryUrls, urls);
  });
}

test('what is configured wins over the preset', () => {
  const { expectation, rules, keys } = plan({
    preset: 'keycloak',
    issuer: 'https://id.example/realms/a',
    acceptedIssuers: ['https://in.example/realms/a', 'https://out.example/realms/a'],
    algorithms: ['ES256'],
    typ: ['application/AT+JWT', 'none'],
    required: ['sid'],
    equals: { azp: ['web'] },
    demands: ['subject'],
    leewaySeconds: 60,
    maxLifetimeSeconds: 3600,
    audienceFromClient: true,
    clients: ['web'],
    claims: { roles: [['roles']] },
    keys: { coolDown: 15_000 },
  });
  assert.deepEqual(expectation, {
    issuers: ['https://in.example/realms/a', 'https://out.example/realms/a'],
    algorithms: ['ES256'],
    types: ['at+jwt', undefined],
    required: ['sid'],
    leewaySeconds: 60,
    maxLifetimeSeconds: 3600,
    equals: { azp: ['web'] },
  });
  assert.deepEqual(rules.places.roles, [['roles']]);
  assert.deepEqual(rules.places.groups, [['groups']]);
  assert.deepEqual([...(rules.clients ?? [])], ['web']);
  assert.deepEqual([rules.demands, rules.audienceFromClient], [['subject'], true]);
  assert.deepEqual(keys.times, { minRefresh: 60_000, maxRefresh: 300_000, coolDown: 15_000, maxStale: 86_400_000 });
});

test('every allowed tenant of Entra ID is an issuer of its own', () => {
  for (const place of ['{tenantid}', 'common', 'organizations']) {
    const tenants = [contoso, fabrikam];
    const [one, two] = plans({ preset: 'entra-v2', issuer: `https://login.example/${place}/v2.0`, tenants });
    assert.deepEqual(one?.expectation.issuers, [`https://login.example/${contoso}/v2.0`]);
    assert.deepEqual(one?.expectation.equals, { ver: ['2.0'], tid: [contoso] });
    assert.deepEqual(one?.keys.documentIssuers, [`https://login.example/${contoso}/v2.0`]);
    assert.deepEqual(two?.expectation.equals, { ver: ['2.0'], tid: [fabrikam] });
    assert.equal(two?.rules.identifier, `https://login.example/${fabrikam}/v2.0`);
  }
});

test('the discovery document of all tenants may be named, and then has a place for the tenant', () => {
  const options = {
    preset: 'entra-v1',
    issuer: 'https://sts.windows.net/{tenantid}/',
    tenants: [contoso],
    discovery: 'https://login.example/common/.well-known/openid-configuration',
  } as const;
  const { keys } = plan(options);
  assert.deepEqual(keys.documentIssuers, [
    `https://sts.windows.net/${contoso}/`,
    'https://sts.windows.net/{tenantid}/',
  ]);
  assert.deepEqual(keys.discoveryUrls, [options.discovery]);
});

const faults: readonly (readonly [string, IssuerOptions, RegExp])[] = [
  ['issuer', { preset: 'auth0', issuer: 'https://acme.auth0.com' }, /ends in a slash/],
  ['issuer', { preset: 'cognito', issuer: 'https://acme.auth.eu-west-1.amazoncognito.com' }, /user pool/],
  ['issuer', { preset: 'adfs', issuer: 'https://fs.acme.example/adfs/' }, /without a slash/],
  ['issuer', { preset: 'adfs', issuer: 'fs.acme.example/adfs' }, /https:\/\/HOST\/adfs/],
  ['issuer', { preset: 'keycloak', issuer: 'https://id.example/auth' }, /realm/],
  ['issuer', { preset: 'entra-v1', issuer: `https://sts.windows.net/${contoso}` }, /slash at the end/],
  ['issuer', { preset: 'entra-v2', issuer: `https://login.microsoftonline.com/${contoso}` }, /v2\.0/],
  ['issuer', { preset: 'oidc', issuer: 'acme' }, /discovery/],
  ['issuer', { preset: 'oidc', issuer: 'https://id.example?tenant=a' }, /discovery/],
  ['tenants', { preset: 'entra-v2', issuer: 'https://login.microsoftonline.com/common/v2.0' }, /List the tenants/],
  [
    'tenants',
    { preset: 'entra-v2', issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', tenants: [] },
    /List the tenants/,
  ],
  [
    'tenants',
    { preset: 'entra-v2', issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', tenants: ['contoso.com'] },
    /GUID/,
  ],
  [
    'tenants',
    {
      preset: 'entra-v2',
      issuer: 'https://login.microsoftonline.com/common/v2.0',
      tenants: [contoso.toUpperCase()],
    },
    /lower case/,
  ],
  [
    'tenants',
    { preset: 'entra-v2', issuer: `https://login.microsoftonline.com/${contoso}/v2.0`, tenants: [fabrikam] },
    /in place of the tenant/,
  ],
  ['keys', { preset: 'oidc', issuer: 'https://id.example', keys: { minRefresh: 600_000 } }, /Leave them out/],
];

for (const [option, options, remedy] of faults) {
  test(`${JSON.stringify(options)} is refused at start, with a remedy`, () => {
    assert.throws(
      () => plans(options),
      (error) => {
        assert.ok(error instanceof IssuerOptionsInvalid);
        assert.deepEqual(error.path, ['issuers', 'acme', option]);
        assert.match(error.remedy, remedy);
        return true;
      },
    );
  });
}
