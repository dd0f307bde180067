import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guessPreset } from './guess-preset.ts';

const documents: readonly (readonly [string, Record<string, string | boolean | string[]>])[] = [
  ['okta', { issuer: 'https://a.okta.com/oauth2/x', jwks_uri: 'https://a.okta.com/oauth2/x/v1/keys' }],
  ['auth0', { issuer: 'https://a.eu.auth0.com/', jwks_uri: 'https://a.eu.auth0.com/.well-known/jwks.json' }],
  [
    'cognito',
    {
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab',
      jwks_uri: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab/.well-known/jwks.json',
    },
  ],
  [
    'cognito',
    {
      issuer: 'https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab',
      jwks_uri: 'https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab/.well-known/jwks.json',
    },
  ],
  [
    'adfs',
    {
      issuer: 'https://fs.a.example/adfs',
      jwks_uri: 'https://fs.a.example/adfs/discovery/keys',
      access_token_issuer: 'http://fs.a.example/adfs/services/trust',
    },
  ],
  [
    'entra-v1',
    {
      issuer: 'https://sts.windows.net/4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846/',
      jwks_uri: 'https://login.microsoftonline.com/common/discovery/keys',
      tenant_region_scope: 'EU',
    },
  ],
  [
    'entra-v2',
    {
      issuer: 'https://login.microsoftonline.com/4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846/v2.0',
      jwks_uri: 'https://login.microsoftonline.com/4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846/discovery/v2.0/keys',
      tenant_region_scope: 'EU',
    },
  ],
  [
    'pingfederate',
    {
      issuer: 'https://sso.a.example:9031',
      jwks_uri: 'https://sso.a.example:9031/pf/JWKS',
      token_endpoint: 'https://sso.a.example:9031/as/token.oauth2',
    },
  ],
  ['pingone', { issuer: 'https://auth.pingone.eu/2d7c/as', jwks_uri: 'https://auth.pingone.eu/2d7c/as/jwks' }],
  ['google', { issuer: 'https://accounts.google.com', jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs' }],
  [
    'keycloak',
    {
      issuer: 'https://id.a.example/realms/a',
      jwks_uri: 'https://id.a.example/realms/a/protocol/openid-connect/certs',
    },
  ],
  ['oidc', { issuer: 'https://id.a.example', id_token_signing_alg_values_supported: ['RS256'] }],
  ['oauth', { issuer: 'https://id.a.example', jwks_uri: 'https://id.a.example/jwks' }],
];

for (const [preset, document] of documents) {
  test(`the discovery document of ${document['issuer']} (${preset}) is recognised`, () => {
    const common = preset === 'oauth' ? {} : { id_token_signing_alg_values_supported: ['RS256'] };
    assert.equal(guessPreset({ ...common, ...document }).preset, preset);
  });
}

test("the document of Okta's org server is recognised, and why its tokens cannot be verified is told", () => {
  const guess = guessPreset({ issuer: 'https://a.okta.com', jwks_uri: 'https://a.okta.com/oauth2/v1/keys' });
  assert.equal(guess.preset, 'okta');
  assert.match(guess.refusal ?? '', /custom authorization server/);
});

test('a document with members of the wrong type is nobody in particular', () => {
  assert.equal(guessPreset({ issuer: 7, jwks_uri: ['x'] }).preset, 'oauth');
});
