import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkClient } from './check-client.ts';
import { checkOptions } from './check-options.ts';
import type { ClientOptions } from './client-options.ts';
import { OptionsInvalid } from './option-fault.ts';
import type { ProviderOptions } from './provider-options.ts';

const api = { name: 'orders', audience: 'https://api.example/orders', scopes: ['orders:read'] };
const hash = '$scrypt$ln=4,r=8,p=1$c29tZXNhbHQxMjM0NTY3OA$c29tZXNhbHQxMjM0NTY3OA';

const sound: ProviderOptions = {
  issuer: 'https://id.example.com',
  apis: [api],
  clients: [{ id: 'a', secret: 's', grants: ['client_credentials'] }],
  accounts: [{ username: 'ada', password: hash }],
  trustedProxies: ['10.0.0.0/8'],
};

const pathsOf = (options: Partial<ProviderOptions>) =>
  checkOptions({ ...sound, ...options }).map(({ path }) => path.join('.'));

test('sound options have no fault', () => {
  assert.deepEqual(checkOptions(sound), []);
});

test('the issuer is an origin that cannot be read on the way', () => {
  for (const issuer of ['http://127.0.0.1:8081', 'http://localhost:8081', 'http://[::1]:1']) {
    assert.deepEqual(pathsOf({ issuer }), [], issuer);
  }
  for (const issuer of [
    '',
    'id.example.com',
    'https://id.example.com/',
    'https://id.example.com/x',
    'http://id.example.com',
  ]) {
    assert.deepEqual(pathsOf({ issuer }), ['issuer'], issuer);
  }
});

test('every fault is named with its path, and all at once', () => {
  const paths = pathsOf({
    issuer: 'x',
    apis: [{ ...api, audience: 'orders', scopes: ['a b'], tokens: { ttl: 10 } }, api, { ...api, name: 'other' }],
    clients: [
      { id: 'a', grants: ['client_credentials'] },
      { id: 'a', secret: 's', grants: ['client_credentials'] },
    ],
    accounts: [
      { username: 'ada', password: 'in clear' },
      { username: 'ada', password: hash },
    ],
    trustedProxies: ['proxy.example'],
  });
  assert.deepEqual(paths, [
    'issuer',
    'apis.0.audience',
    'apis.0.scopes.0',
    'apis.0.tokens.ttl',
    'apis.2.audience',
    'clients.0.secret',
    'clients.1.id',
    'accounts.0.password',
    'accounts.1.username',
    'trustedProxies.0',
  ]);
});

test('the error repeats every fault, and no password', () => {
  const { message } = new OptionsInvalid(
    checkOptions({ ...sound, accounts: [{ username: 'ada', password: 'in clear' }] }),
  );
  assert.match(message, /^accounts\.0\.password: is no password hash/);
  assert.ok(!message.includes('in clear'));
});

test('a client names APIs that there are', () => {
  const client = { id: 'a', secret: 's', grants: ['client_credentials'] } as const;
  const named = (apis: readonly string[], introspects: readonly string[]) =>
    pathsOf({ clients: [{ ...client, apis, introspects }] });
  assert.deepEqual(named(['orders'], ['*', 'orders']), []);
  assert.deepEqual(named(['*', 'ordres'], ['ordres']), [
    'clients.0.apis.0',
    'clients.0.apis.1',
    'clients.0.introspects.0',
  ]);
});

const code: ClientOptions = { id: 'c', grants: ['authorization_code'], redirectUris: ['https://app.example/cb'] };
const rsa = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };

test('a client is public, or has a secret, or has keys', () => {
  assert.deepEqual(checkClient(code), []);
  assert.deepEqual(checkClient({ ...code, secret: 'x' }), []);
  assert.deepEqual(checkClient({ ...code, jwks: { keys: [rsa] } }), []);
  const both = checkClient({ ...code, secret: 'x', jwks: { keys: [rsa] } });
  assert.deepEqual(
    both.map(({ path }) => path),
    [['jwks']],
  );
  for (const keys of [[], [{ ...rsa, d: 'AQAB' }], [{ kty: 'oct', k: 'AQAB' }]]) {
    assert.equal(checkClient({ ...code, jwks: { keys } }).length, 1);
  }
});

test('a client has grants that it can use', () => {
  assert.equal(checkClient({ ...code, grants: [] }).length, 1);
  assert.equal(checkClient({ ...code, redirectUris: [] }).length, 1);
  assert.equal(checkClient({ id: 'c', secret: 's', grants: ['refresh_token'] }).length, 1);
  assert.equal(checkClient({ id: 'c', secret: 's', grants: ['implicit' as 'client_credentials'] }).length, 1);
  assert.equal(checkClient({ ...code, id: 'cl\u00efent' }).length, 1);
  assert.equal(checkClient({ ...code, scopes: ['a b'] }).length, 1);
});

test('people are sent back only where nobody listens on the way', () => {
  const refused = (uri: string, native = false) => checkClient({ ...code, native, redirectUris: [uri] }).length === 1;
  for (const uri of ['https://app.example/cb', 'http://localhost:3000/cb', 'http://127.0.0.1/cb', 'http://[::1]/cb']) {
    assert.ok(!refused(uri), uri);
  }
  for (const uri of [
    'http://app.example/cb',
    '/cb',
    'https://app.example/cb#x',
    'javascript:alert(1)',
    'com.example.app:/cb',
  ]) {
    assert.ok(refused(uri), uri);
  }
  assert.ok(!refused('com.example.app:/cb', true));
  assert.ok(refused('javascript:alert(1)', true));
  assert.ok(refused('myapp:/cb', true));
});

test('a rule of the exchange is about something, and for APIs that there are', () => {
  const rule = { from: ['acme'], to: ['orders'], clients: ['a'] };
  assert.deepEqual(pathsOf({ exchange: [rule] }), []);
  const wrong = [
    { ...rule, to: ['orders', 'other'] },
    { ...rule, from: [], clients: [], audience: [] },
  ];
  assert.deepEqual(pathsOf({ exchange: wrong }), [
    'exchange.0.to.1',
    'exchange.1.from',
    'exchange.1.clients',
    'exchange.1.audience',
  ]);
});

test('a public client exchanges no tokens', () => {
  const client: ClientOptions = { id: 'spa', grants: ['token-exchange'] };
  assert.deepEqual(pathsOf({ clients: [client] }), ['clients.0.secret']);
  assert.deepEqual(pathsOf({ clients: [{ ...client, grants: ['jwt-bearer'], secret: 's' }] }), []);
});

test('an issuer at which people sign in has a name, an https URL, a client, and says nothing that is ours to say', () => {
  const acme = { name: 'acme', issuer: 'https://acme.example', client: { id: 'gatehouse', secret: 's' } };
  assert.deepEqual(pathsOf({ signIn: [acme, { ...acme, name: 'acme-2' }], accounts: [] }), []);
  const wrong = {
    name: 'A/b',
    issuer: 'http://acme.example',
    discovery: 'acme.example',
    client: { id: '', secret: '' },
    scopes: ['a b'],
    claims: { sub: [['email']], groups: [['groups']], cnf: [['x']] },
  };
  assert.deepEqual(pathsOf({ signIn: [wrong, acme, acme] }), [
    'signIn.0.name',
    'signIn.0.issuer',
    'signIn.0.discovery',
    'signIn.0.client.id',
    'signIn.0.client.secret',
    'signIn.0.scopes.0',
    'signIn.0.claims.sub',
    'signIn.0.claims.cnf',
    'signIn.2.name',
  ]);
});
