import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PresetName } from './preset.ts';
import { presetIntrospection } from './preset-introspection.ts';

const documented: readonly (readonly [PresetName, string, string])[] = [
  ['okta', 'https://acme.okta.example/oauth2/default', 'https://acme.okta.example/oauth2/default/v1/introspect'],
  ['okta', 'https://acme.okta.example', 'https://acme.okta.example/oauth2/v1/introspect'],
  ['pingone', 'https://auth.pingone.eu/2d7c/as', 'https://auth.pingone.eu/2d7c/as/introspect'],
  ['pingfederate', 'https://sso.acme.example:9031', 'https://sso.acme.example:9031/as/introspect.oauth2'],
  [
    'keycloak',
    'https://id.acme.example/realms/acme',
    'https://id.acme.example/realms/acme/protocol/openid-connect/token/introspect',
  ],
];

test('each provider is asked where its documentation says', () => {
  for (const [preset, issuer, endpoint] of documented) {
    assert.deepEqual(presetIntrospection(preset, issuer), { endpoint, protocol: 'rfc7662' });
  }
});

test('Google is asked in its own way', () => {
  assert.deepEqual(presetIntrospection('google', 'https://accounts.google.com'), {
    endpoint: 'https://oauth2.googleapis.com/tokeninfo',
    protocol: 'tokeninfo',
  });
});

test('a provider without introspection, or of which only the operator knows the place, has none', () => {
  for (const preset of ['auth0', 'cognito', 'adfs', 'entra-v1', 'entra-v2', 'oidc', 'oauth'] as const) {
    assert.equal(presetIntrospection(preset, 'https://id.example').endpoint, undefined);
  }
});
