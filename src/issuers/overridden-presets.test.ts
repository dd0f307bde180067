import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandTenants } from './expand-tenants.ts';
import type { IssuerOptions } from './issuer-options.ts';
import { type IssuerPlan, planIssuer } from './plan-issuer.ts';
import { type PresetName, presetNames } from './preset.ts';

const tenant = '4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846';

/** An issuer of each kind, as its provider writes it. */
const issuers: Readonly<Record<PresetName, string>> = {
  okta: 'https://acme.okta.example/oauth2/default',
  auth0: 'https://acme.eu.auth0.example/',
  cognito: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E',
  adfs: 'https://fs.acme.example/adfs',
  'entra-v1': `https://sts.windows.net/${tenant}/`,
  'entra-v2': `https://login.microsoftonline.com/${tenant}/v2.0`,
  pingfederate: 'https://sso.acme.example:9031',
  pingone: 'https://auth.pingone.eu/2d7c9a41-e80f-4b35-a6d2-71f3c5b09e84/as',
  google: 'https://accounts.google.com',
  keycloak: 'https://id.acme.example/realms/acme',
  oidc: 'https://id.acme.example',
  oauth: 'https://id.acme.example',
};

const places = {
  subject: [['a', 'subject']],
  client: [['a', 'client']],
  audience: [['a', 'audience']],
  scopes: [['a', 'scopes']],
  roles: [['a', 'roles']],
  groups: [['a', 'groups']],
  session: [['a', 'session']],
  tokenId: [['a', 'token.id']],
} as const;

/** Each option that a preset decides, as no preset has it, and where it shows. */
const overrides: readonly (readonly [
  string,
  Omit<IssuerOptions, 'preset' | 'issuer'>,
  (plan: IssuerPlan) => unknown,
])[] = [
  ['acceptedIssuers', { acceptedIssuers: ['urn:a', 'urn:b'] }, ({ expectation }) => [...expectation.issuers]],
  ['algorithms', { algorithms: ['ES512'] }, ({ expectation }) => expectation.algorithms],
  ['typ', { typ: ['application/X+JWT', 'none'] }, ({ expectation }) => expectation.types],
  ['required', { required: ['acr'] }, ({ expectation }) => expectation.required],
  ['equals', { equals: { acr: ['gold'] } }, ({ expectation: { equals } }) => equals['acr']],
  ['leewaySeconds', { leewaySeconds: 60 }, ({ expectation }) => expectation.leewaySeconds],
  ['maxLifetimeSeconds', { maxLifetimeSeconds: 600 }, ({ expectation }) => expectation.maxLifetimeSeconds],
  ['demands', { demands: [] }, ({ rules }) => rules.demands],
  ['clients', { clients: ['web'] }, ({ rules }) => [...(rules.clients ?? [])]],
  ['audienceFromClient: true', { audienceFromClient: true }, ({ rules }) => rules.audienceFromClient],
  ['audienceFromClient: false', { audienceFromClient: false }, ({ rules }) => rules.audienceFromClient],
  ['claims', { claims: places }, ({ rules }) => rules.places],
  ['jwksUri', { jwksUri: 'https://keys.example/set' }, ({ keys }) => keys.jwksUri],
  [
    'keys',
    { keys: { minRefresh: 1, maxRefresh: 2, coolDown: 3, maxStale: 4 } },
    ({ keys }) => [keys.times.minRefresh, keys.times.maxRefresh, keys.times.coolDown, keys.times.maxStale],
  ],
];

const expected: Readonly<Record<string, unknown>> = {
  acceptedIssuers: ['urn:a', 'urn:b'],
  algorithms: ['ES512'],
  typ: ['x+jwt', undefined],
  required: ['acr'],
  equals: ['gold'],
  leewaySeconds: 60,
  maxLifetimeSeconds: 600,
  demands: [],
  clients: ['web'],
  'audienceFromClient: true': true,
  'audienceFromClient: false': false,
  claims: places,
  jwksUri: 'https://keys.example/set',
  keys: [1, 2, 3, 4],
};

function planned(preset: PresetName, options: Omit<IssuerOptions, 'preset' | 'issuer'>): IssuerPlan {
  const [one, ...others] = expandTenants('acme', { preset, issuer: issuers[preset], ...options });
  assert.ok(one !== undefined && others.length === 0);
  return planIssuer('acme', one);
}

for (const preset of presetNames) {
  for (const [name, options, shown] of overrides) {
    test(`of the preset ${preset}, ${name} can be set to something else`, () => {
      assert.deepEqual(shown(planned(preset, options)), expected[name]);
    });
  }

  test(`of the preset ${preset}, one place of a claim can be set and leaves the others`, () => {
    const before = planned(preset, {}).rules.places;
    const { places: now } = planned(preset, { claims: { roles: [['x']] } }).rules;
    assert.deepEqual(now, { ...before, roles: [['x']] });
  });

  test(`of the preset ${preset}, an overridden discovery document is the only one that is looked for`, () => {
    const { keys, refusal } = planned(preset, { discovery: 'https://docs.example/one' });
    assert.deepEqual(keys.discoveryUrls, refusal === undefined ? ['https://docs.example/one'] : []);
  });
}

test('what a preset demands of the tenant cannot be overridden away', () => {
  for (const preset of ['entra-v1', 'entra-v2'] as const) {
    assert.deepEqual(planned(preset, { equals: { tid: ['any'] } }).expectation.equals, { tid: [tenant] });
  }
});
