import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPrincipal, strictJson } from '../../test/fixtures/a-principal.ts';
import type { Granted } from '../access/index.ts';
import type { Claims } from '../protocol/claims.ts';
import type { Principal } from '../protocol/principal.ts';
import { createIdentity } from './create-identity.ts';
import type { IdentityOptions } from './identity.ts';

const now = 1_790_000_000_500;
const granted = (facts: Partial<Principal> = {}): Granted => ({
  granted: true,
  principal: aPrincipal(facts),
  memo: new Map(),
});

function fieldsOf(options: IdentityOptions, grant: Granted): ReadonlyMap<string, string> {
  const fields = createIdentity(options, undefined).fieldsFor(grant, now);
  return new Map(fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1] ?? '']] : [])));
}

/** A signer that keeps what it was asked to sign. */
function aSigner() {
  const signed: Claims[] = [];
  const sign = (claims: Claims): string => {
    signed.push(claims);
    return `token-${signed.length}`;
  };
  return { signed, signer: { issuer: 'https://gate.example', sign } };
}

test('headers name issuer, subject, client, consumer and scopes', () => {
  const fields = fieldsOf({ kind: 'headers' }, granted({ consumer: 'partner', scopes: new Set(['a', 'b']) }));
  assert.deepEqual(
    [...fields],
    [
      ['gatehouse-issuer', 'https://acme.example'],
      ['gatehouse-subject', 'mira'],
      ['gatehouse-client', 'reporting'],
      ['gatehouse-consumer', 'partner'],
      ['gatehouse-scope', 'a b'],
    ],
  );
});

test('a claim is found by its path, whatever its members are called', () => {
  const claims = strictJson(
    '{"resource_access":{"my.client":{"roles":["a","b"]}},"__proto__":"own","deep":[1]}',
  ) as Claims;
  const fields = fieldsOf(
    {
      kind: 'headers',
      claims: {
        'X-Roles': ['resource_access', 'my.client', 'roles'],
        'X-Own': ['__proto__'],
        'X-Inherited': ['constructor', 'name'],
        'X-Index': ['deep', '0'],
        'X-Missing': ['resource_access', 'other', 'roles'],
      },
    },
    granted({ claims }),
  );
  assert.equal(fields.get('x-roles'), 'a,b');
  assert.equal(fields.get('x-own'), 'own');
  for (const name of ['x-inherited', 'x-index', 'x-missing']) assert.equal(fields.has(name), false, name);
});

test('what was worked out for a token is not worked out again', () => {
  const identity = createIdentity({ kind: 'headers' }, undefined);
  const grant = granted();
  assert.equal(identity.fieldsFor(grant, now), identity.fieldsFor(grant, now));
});

test('two APIs do not share what they say of one token', () => {
  const grant = granted();
  const { signer, signed } = aSigner();
  const [orders, stock] = ['orders', 'stock'].map((audience) => createIdentity({ kind: 'jwt', audience }, signer));
  orders?.fieldsFor(grant, now);
  stock?.fieldsFor(grant, now);
  assert.deepEqual(
    signed.map((claims) => claims['aud']),
    ['orders', 'stock'],
  );
});

for (const name of [
  'Host',
  'Content-Length',
  'Connection',
  'Authorization',
  'X-Forwarded-For',
  'X_Forwarded_For',
  'bad name',
  '',
]) {
  test(`no claim may be sent as ${JSON.stringify(name)}`, () => {
    assert.throws(() => createIdentity({ kind: 'headers', claims: { [name]: ['sub'] } }, undefined), TypeError);
  });
}

test('the JWT for the upstream says the same as the token', () => {
  const { signer, signed } = aSigner();
  const grant = granted({ consumer: 'partner', scopes: new Set(['a', 'b']), roles: ['clerk'], groups: ['g'] });
  const fields = createIdentity({ kind: 'jwt', audience: 'orders' }, signer).fieldsFor(grant, now);
  assert.deepEqual(fields, ['authorization', 'Bearer token-1']);
  const { jti, ...claims } = signed[0] ?? {};
  assert.match(String(jti), /^[0-9a-f-]{36}$/);
  assert.deepEqual(claims, {
    iss: 'https://gate.example',
    aud: 'orders',
    iat: 1_790_000_000,
    exp: 1_790_000_060,
    origin_iss: 'https://acme.example',
    sub: 'mira',
    client_id: 'reporting',
    consumer: 'partner',
    scope: 'a b',
    roles: ['clerk'],
    groups: ['g'],
  });
});

test('where nobody is signed in, the client is the subject; unknown groups are not told', () => {
  const { signer, signed } = aSigner();
  const grant = granted({ subject: undefined, groups: 'unknown' });
  createIdentity({ kind: 'jwt', audience: 'orders' }, signer).fieldsFor(grant, now);
  assert.equal(signed[0]?.['sub'], 'reporting');
  assert.equal('groups' in (signed[0] ?? {}), false);
});

test('the JWT never outlives the token it was made from', () => {
  const { signer, signed } = aSigner();
  const identity = createIdentity({ kind: 'jwt', audience: 'orders' }, signer);
  identity.fieldsFor(granted({ expiresAt: now + 10_000 }), now);
  assert.equal(signed[0]?.['exp'], Math.floor((now + 10_000) / 1000));
});

test('one JWT serves until a quarter of its life is left', () => {
  const { signer, signed } = aSigner();
  const identity = createIdentity({ kind: 'jwt', audience: 'orders', lifetimeMs: 100_000 }, signer);
  const grant = granted();
  for (const later of [0, 50_000, 74_999]) identity.fieldsFor(grant, now + later);
  assert.equal(signed.length, 1);
  assert.deepEqual(identity.fieldsFor(grant, now + 75_000), ['authorization', 'Bearer token-2']);
});

test('a JWT needs a signer', () => {
  assert.throws(() => createIdentity({ kind: 'jwt', audience: 'orders' }, undefined), TypeError);
});
