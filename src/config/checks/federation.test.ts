import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { reportOn } from '../../../test/fixtures/a-config.ts';

const env = { SECRET: 'hunter2' };
const pem = (type: 'ec' | 'ed25519'): string => {
  const { privateKey } = type === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync(type);
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
};
const files = { 'ec.pem': pem('ec'), 'ed.pem': pem('ed25519'), 'none.pem': 'hello' };

const legacy = `{ introspection: { endpoint: https://legacy.example/introspect, client: { id: gate, secret: "\${SECRET}" } } }`;
const okta = '{ preset: okta, issuer: https://acme.okta.com/oauth2/default }';

interface Parts {
  readonly issuers?: Readonly<Record<string, string>>;
  readonly consumers?: string;
  readonly accept?: string;
  readonly api?: string;
  readonly rule?: string;
  readonly exchange?: string;
  readonly more?: string;
}

/** Issuers begin at line 3, one each; the API's own options stand on one line, too. */
function configOf({ issuers = { acme: okta, legacy }, ...parts }: Parts): string {
  const {
    accept = Object.keys(issuers).join(', '),
    consumers = '{}',
    api = '',
    rule = 'scopes: [orders:read]',
  } = parts;
  return [
    `provider: { issuer: http://127.0.0.1:8081, exchange: [${parts.exchange ?? ''}] }`,
    'issuers:',
    ...Object.entries(issuers).map(([name, text]) => `  ${name}: ${text}`),
    `consumers: ${consumers}`,
    'apis:',
    '  orders:',
    '    audience: https://api.example.com/orders',
    '    route: { path: /orders }',
    '    upstream: http://127.0.0.1:9000',
    `    accept: [${accept}]`,
    `    rules: [{ ${rule} }]`,
    ...(api === '' ? [] : [`    ${api}`]),
    parts.more ?? '',
  ].join('\n');
}

/** Without file and column, which other tests look at. */
function findings(parts: Parts): readonly string[] {
  const report = reportOn(configOf(parts), { env, files });
  return report === '' ? [] : report.split('\n').map((line) => line.replace(/^gatehouse\.yaml:(\d+):\d+ {2}/, '$1  '));
}

function judged(title: string, parts: Parts, ...expected: readonly string[]): void {
  test(title, () => assert.deepEqual(findings(parts), expected));
}

const asked = (options: string): string =>
  `{ introspection: { endpoint: https://legacy.example/introspect, ${options} } }`;
const client = `client: { id: gate, secret: "\${SECRET}" }`;

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
  { issuers: { legacy: asked('authentication: private_key_jwt, client: { id: gate, secret: "${SECRET}" }') } },
  '3  issuers.legacy.introspection: needs client.key for private_key_jwt. Remedy: Add `client.key`.',
  '3  issuers.legacy.introspection.client.secret: is not used with private_key_jwt. Remedy: Keep one way to authenticate.',
);
judged('a key is one way', { issuers: { legacy: asked('client: { id: gate, key: { file: ed.pem }, kid: gate-1 }') } });
judged(
  'as long as it is one',
  { issuers: { legacy: asked('client: { id: gate, key: { file: none.pem } }') } },
  '3  issuers.legacy.introspection.client.key: is no key to authenticate by. Remedy: This is not an unencrypted private key, in PEM or as a JWK. Give an unencrypted private key, PEM or JWK: RSA, P-256, P-384 or Ed25519.',
);
judged('a bearer token is another', { issuers: { legacy: asked('bearer: "${SECRET}"') } });
judged(
  'signed answers are of an issuer whose keys can be had',
  { issuers: { legacy: asked(`signed: true, ${client}`) } },
  '3  issuers.legacy.introspection.signed: needs keys to verify the answers by, and there are none. Remedy: Add `issuer`, at which its keys are found, or take it out.',
);
judged(
  'a long memory is warned about',
  { issuers: { legacy: asked(`cache: 10m, ${client}`) } },
  '3  warning: issuers.legacy.introspection.cache: tokens that were revoked there live on here for so long. Remedy: Shorten it, or revoke here as well what is revoked there.',
);
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

const web = '{ clients: [{ issuer: acme, client: web }, { issuer: legacy, client: web }], rate: { requests: 5 } }';
judged('consumers are known by client and issuer', {
  consumers: `{ web: ${web} }`,
  api: 'consumers: [web]',
  rule: 'consumers: [web]',
});
judged(
  'the issuers of consumers exist',
  { consumers: '{ web: { clients: [{ issuer: acne, client: web }] } }' },
  '5  consumers.web.clients[0].issuer: there is no issuer "acne". Remedy: Did you mean acme?',
);
judged(
  'one client of one issuer is one consumer',
  {
    consumers: `{ web: ${web}, other: { clients: [{ issuer: provider, client: web }, { issuer: acme, client: web }] } }`,
  },
  '5  consumers.other.clients[1].client: "web" of acme is a client of web, too. Remedy: Keep one of them.',
);
judged(
  'consumers that are named exist, and can call',
  {
    consumers: `{ web: ${web}, ours: { clients: [{ issuer: provider, client: web }] } }`,
    api: 'consumers: [wep, ours]',
    rule: 'consumers: [wed]',
  },
  '12  apis.orders.rules[0].consumers[0]: there is no consumer "wed". Remedy: Did you mean web?',
  '13  apis.orders.consumers[0]: there is no consumer "wep". Remedy: Did you mean web?',
  '13  apis.orders.consumers[1]: "ours" cannot call: orders accepts none of its issuers. Remedy: Add one of its issuers to `apis.orders.accept`.',
);
judged(
  'known consumers are at least one',
  { api: 'consumers: known' },
  '13  apis.orders.consumers: lets nobody call, since there are no consumers. Remedy: Add `consumers`.',
);

judged('a key to decrypt by is one', {
  issuers: { acme: okta.replace(' }', ', decryption: [{ key: { file: ec.pem }, kid: enc-1 }] }') },
});
judged(
  'what is none is refused',
  { issuers: { acme: okta.replace(' }', ', decryption: [{ key: { file: none.pem } }, { key: { file: ed.pem } }] }') } },
  '3  issuers.acme.decryption[0].key: is no key to decrypt by. Remedy: This is not an unencrypted private key, in PEM or as a JWK.',
  '3  issuers.acme.decryption[1].key: is no key to decrypt by. Remedy: The key must be RSA of 2048 bits or more, or EC on P-256, P-384 or P-521.',
);

const job = 'clients: [{ id: web, secret: "${SECRET}", grants: [token-exchange], scopes: [orders:read] }]';
judged('tokens are exchanged by a rule', {
  accept: 'acme, legacy, provider',
  exchange: '{ from: [acme], to: [orders], clients: [web], scopes: [orders:read], when: principal.claims.ok == true }',
  more: job,
});
judged(
  'a rule of exchange names what there is',
  {
    accept: 'acme, legacy, provider',
    exchange:
      '{ grants: [jwt-bearer], from: [acne], to: [orderz], clients: [web, wep], scopes: [order:read], when: principal.x }',
    more: job,
  },
  '1  provider.exchange[0].from[0]: "acne" is no issuer. Remedy: Did you mean acme?',
  '1  provider.exchange[0].to[0]: "orderz" is no API that accepts provider. Remedy: Did you mean orders?',
  '1  provider.exchange[0].clients[0]: "web" may not use jwt-bearer. Remedy: Add jwt-bearer to the `grants` of web.',
  '1  provider.exchange[0].scopes[0]: "order:read" is no scope of an API that accepts provider. Remedy: Did you mean orders:read?',
  '1  provider.exchange[0].when: unknown field: principal.x (at character 1). Remedy: Fields: issuer, subject, client, consumer, scopes, roles, groups, audiences, claims, kind, issuedAt, expires.',
  '1  warning: provider.exchange[0].clients[1]: "wep" is not in this file. Remedy: Did you mean web?',
);
judged(
  'a rule for our own tokens says of which API',
  {
    accept: 'acme, legacy, provider',
    exchange: '{ from: [acme, provider], to: [orders], clients: [web] }',
    more: job,
  },
  '1  provider.exchange[0].from[1]: the tokens of provider are meant for APIs, and this rule is for none. Remedy: Name in `audience` the APIs whose tokens are exchanged.',
);

const literal = 'is written in the file. Remedy: Write ${NAME} or { file: PATH } instead.';
judged(
  'a secret of ours elsewhere is kept out of the file, too',
  {
    issuers: {
      acme: okta.replace(
        ' }',
        ', introspection: { client: { id: gate, secret: x } }, opaque: { prefixes: [a_] }, signIn: { client: { id: gate, secret: x } } }',
      ),
      legacy: asked('bearer: x'),
    },
    more: 'outbound: { proxy: "http://gate:x@proxy.example:3128" }',
  },
  `3  warning: issuers.acme.introspection.client.secret: ${literal}`,
  `3  warning: issuers.acme.signIn.client.secret: ${literal}`,
  `4  warning: issuers.legacy.introspection.bearer: ${literal}`,
  '13  warning: outbound.proxy: has its password written in the file. Remedy: Write ${NAME} in its place.',
);
judged('elsewhere it may be', { more: 'outbound: { proxy: "http://gate:${SECRET}@proxy.example:3128" }' });

const signIn = 'signIn: { client: { id: gate, secret: "${SECRET}" }, claims: { department: dept } }';
judged('people sign in by way of an issuer that no API accepts', {
  issuers: { acme: okta, staff: `{ issuer: https://id.example, ${signIn} }` },
  accept: 'acme',
});
judged(
  'the provider says its own claims itself',
  { issuers: { acme: okta.replace(' }', `, ${signIn.replace('department', 'sub')} }`) } },
  '3  issuers.acme.signIn.claims.sub: is a claim that only the provider itself may say. Remedy: Rename it.',
);
judged(
  'sign-in needs an issuer with an identifier',
  { issuers: { legacy: legacy.replace(/ }$/, `, ${signIn} }`) } },
  '3  issuers.legacy.signIn: needs the issuer identifier. Remedy: Add `issuer`.',
);
