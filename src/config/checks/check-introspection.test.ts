import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked, client, findings, judged, legacy, okta } from '../../../test/fixtures/a-federated-config.ts';

judged('an issuer that is only asked needs no issuer identifier', {});
judged(
  'one that is not asked does',
  { issuers: { acme: '{ preset: oidc }' } },
  '3  issuers.acme.issuer: is missing. Remedy: Add its issuer identifier, or `introspection.endpoint` if all of its tokens are opaque.',
);
judged(
  'an issuer that is asked has a place where, and who is asking is said',
  { issuers: { acme: '{ preset: oidc, issuer: https://id.example, introspection: {} }' } },
  '3  issuers.acme.introspection: has no endpoint, and the preset oidc knows none. Remedy: Add `endpoint`: `introspection_endpoint` of its discovery document.',
  '3  issuers.acme.introspection: does not say who is asking. Remedy: Add `client: { id, secret }`, or write `authentication: none` if the endpoint asks for nothing.',
);
judged('the place may be known by the preset', {
  issuers: { acme: okta.replace(' }', `, introspection: { ${client} } }`) },
});
judged('nothing may be asked for', { issuers: { legacy: asked('authentication: none') } });
judged(
  'each way to authenticate has what it needs, and nothing else',
  { issuers: { legacy: asked(`authentication: private_key_jwt, client: { id: gate, secret: "\${SECRET}" }`) } },
  '3  issuers.legacy.introspection: needs client.key for private_key_jwt. Remedy: Add `client.key`.',
  '3  issuers.legacy.introspection.client.secret: is not used with private_key_jwt. Remedy: Keep one way to authenticate.',
);
judged('a key is one way', { issuers: { legacy: asked('client: { id: gate, key: { file: ed.pem }, kid: gate-1 }') } });
judged(
  'as long as it is one',
  { issuers: { legacy: asked('client: { id: gate, key: { file: none.pem } }') } },
  '3  issuers.legacy.introspection.client.key: is no key to authenticate by. Remedy: This is not an unencrypted private key, in PEM or as a JWK. Give an unencrypted private key, PEM or JWK: RSA, P-256, P-384 or Ed25519.',
);
judged('a bearer token is another', { issuers: { legacy: asked(`bearer: "\${SECRET}"`) } });
judged(
  'signed answers are of an issuer whose keys can be had',
  { issuers: { legacy: asked(`signed: true, ${client}`) } },
  '3  issuers.legacy.introspection.signed: needs keys to verify the answers by, and there are none. Remedy: Add `issuer`, at which its keys are found, or take it out.',
);
judged(
  'JWTs are shown to an issuer whose they are',
  { issuers: { legacy: asked(`tokens: all, ${client}`) } },
  '3  issuers.legacy.introspection.tokens: are all that are opaque: of JWTs it is not known which are its own. Remedy: Add `issuer`: the `iss` of its JWTs.',
);
judged(
  'a long memory is warned about',
  { issuers: { legacy: asked(`cache: 10m, ${client}`) } },
  '3  warning: issuers.legacy.introspection.cache: tokens that were revoked there live on here for so long. Remedy: Shorten it, or revoke here as well what is revoked there.',
);
const withQuery = 'introspection: { endpoint: "https://legacy.example/introspect?key=x", authentication: none }';
judged(
  'a query that becomes part of a name is warned about',
  { issuers: { legacy: `{ ${withQuery} }` } },
  "3  warning: issuers.legacy.introspection.endpoint: is the issuer's name too, so that logs and upstreams are told its query. Remedy: Write `issuer`: the name that is to be told.",
);
judged('where the issuer has a name of its own, it does not', {
  issuers: { legacy: `{ issuer: https://legacy.example, ${withQuery} }` },
});
judged(
  'tokens of Google are opaque',
  { issuers: { google: '{ preset: google, issuer: https://accounts.google.com }' } },
  '3  issuers.google: has opaque tokens only, and nobody is asked about them. Remedy: Add `introspection: {}`, and list in `clients` whose tokens are accepted.',
);
judged('Google is asked without credentials, but only for clients that are ours', {
  issuers: { google: '{ preset: google, issuer: https://accounts.google.com, clients: [gate], introspection: {} }' },
});
test('for any client it is not', () => {
  const [fault = '', ...others] = findings({
    issuers: { google: '{ preset: google, issuer: https://accounts.google.com, introspection: {} }' },
  });
  assert.match(fault, /^3 {2}issuers\.google\.\S*clients\S*: /);
  assert.deepEqual(others, []);
});
judged(
  'an issuer whose JWTs cannot be verified is warned about, unless it is asked',
  { issuers: { org: '{ preset: okta, issuer: https://acme.okta.com }' } },
  "3  warning: issuers.org: none of its tokens is accepted. Remedy: This is Okta's org authorization server: it does not publish the keys of its access tokens. Have clients ask a custom authorization server (https://DOMAIN/oauth2/ID), or use introspection.",
);
judged('asked it is not', {
  issuers: { org: `{ preset: okta, issuer: https://acme.okta.com, introspection: { tokens: all, ${client} } }` },
});
judged(
  'several tenants cannot be asked as one',
  {
    issuers: {
      entra: `{ preset: entra-v2, issuer: "https://login.microsoftonline.com/common/v2.0", tenants: [7a1c2f0e-4f0a-4c8e-9d3b-0a1b2c3d4e5f, 8a1c2f0e-4f0a-4c8e-9d3b-0a1b2c3d4e5f], introspection: { endpoint: https://x.example, ${client} } }`,
    },
  },
  '3  issuers.entra.introspection: cannot tell several tenants apart. Remedy: Write one issuer for each tenant.',
);
judged(
  'the form of opaque tokens matters only where somebody is asked about them',
  { issuers: { acme: okta.replace(' }', ', opaque: { prefixes: [at_] } }') } },
  '3  issuers.acme.opaque: is of use only for an issuer that is asked. Remedy: Add `introspection`.',
);
judged(
  'a pattern is one that no token can make slow',
  { issuers: { legacy: legacy.replace(' } } }', ' } }, opaque: { pattern: "^(?=a)" } }') } },
  '3  issuers.legacy.opaque.pattern: "^(?=a)" is no such expression: "(?" is not available: patterns run in linear time. Remedy: Write a regular expression without look-around and references, such as ^[0-9a-f]{40}$.',
);
for (const [host, kind] of [
  ['169.254.169.254', 'cloud-metadata'],
  ['[fe80::1]', 'link-local'],
  ['0xA9FEA9FE', 'cloud-metadata'],
  ['0.0.0.0', 'unspecified'],
]) {
  judged(
    `an endpoint at ${host} is refused`,
    {
      issuers: {
        legacy: legacy.replace('https://legacy.example', `"https://${host}`).replace('introspect,', 'introspect",'),
      },
    },
    `3  issuers.legacy.introspection.endpoint: is at a ${kind} address. Remedy: Write where the issuer really is: such an address is never called.`,
  );
}

judged(
  'one key set for two issuers is warned about',
  {
    issuers: {
      north: '{ issuer: https://north.example, jwksUri: https://id.example/keys }',
      south: '{ issuer: https://south.example, jwksUri: https://id.example/keys }',
    },
  },
  '4  warning: issuers.south.jwksUri: is the key set of north, too: whoever has one of its keys can sign for both. Remedy: Give each its own, unless one provider stands behind both.',
);

const second = legacy.replace('legacy', 'second');
judged(
  'of two that take any opaque token only the first would be asked',
  { issuers: { legacy, second } },
  '11  apis.orders.accept[1]: "second" is never asked about opaque tokens, since "legacy" takes all of them. Remedy: Say in `issuers.legacy.opaque` which are its own, or write introspection: { ask: in-order }.',
);
judged('unless they are asked in order', { issuers: { legacy, second }, api: 'introspection: { ask: in-order }' });
judged('or the first takes only its own', {
  issuers: { legacy: legacy.replace(/ }$/, ', opaque: { prefixes: [lg_] } }'), second },
});
judged('grace is for issuers that are asked', { api: 'introspection: { grace: 5m }' });
judged(
  'grace is of no use where nobody is asked',
  { issuers: { acme: okta }, api: 'introspection: { grace: 5m }' },
  '12  apis.orders.introspection.grace: is of no use: no issuer of this API is asked. Remedy: Take it out, or add `introspection` to one.',
);
judged(
  'grace and early revocation do not go together',
  { accept: 'acme, legacy, provider', api: 'introspection: { grace: 5m }\n    tokens: { needs: [early-revocation] }' },
  '13  warning: apis.orders.introspection.grace: a token revoked at its issuer lives on for 5m while the issuer is out of reach. Remedy: Take it out, since this API needs early revocation.',
);
