import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSigningKey } from '../../test/fixtures/a-jwt.ts';
import { importKeySet, KeySetMalformed } from './key-set.ts';

const es256 = aSigningKey('ES256').jwk;
const rs256 = aSigningKey('RS256').jwk;
const eddsa = aSigningKey('EdDSA').jwk;

test('one bad key never spoils the rest, and is reported with its place', () => {
  const keys = [es256, null, { ...rs256, use: 'enc' }, { kty: 'oct', k: 'AA', kid: 'shared' }, eddsa, { kid: 1 }];
  const { keySet, skipped } = importKeySet({ keys });
  assert.deepEqual(
    keySet.keys.map(({ id }) => id),
    ['key-ES256', 'key-EdDSA'],
  );
  assert.deepEqual(skipped, [
    { index: 1, kid: undefined, reason: 'not_an_object' },
    { index: 2, kid: 'key-RS256', reason: 'not_for_signatures' },
    { index: 3, kid: 'shared', reason: 'symmetric' },
    { index: 5, kid: undefined, reason: 'malformed' },
  ]);
});

test('keys are found by `kid`, several under the same one', () => {
  const { keySet } = importKeySet({
    keys: [
      { ...es256, kid: 'a' },
      { ...eddsa, kid: 'a' },
      { ...rs256, kid: 'b' },
    ],
  });
  assert.equal(keySet.byId('a').length, 2);
  assert.equal(keySet.byId('b').length, 1);
  assert.equal(keySet.byId('A').length, 0);
});

test('names of the language are only names', () => {
  const { keySet } = importKeySet({ keys: [es256] });
  for (const name of ['__proto__', 'constructor', 'toString', 'keys', '', 'undefined']) {
    assert.deepEqual(keySet.byId(name), []);
    assert.deepEqual(keySet.byThumbprint(name), []);
  }
  const named = importKeySet({ keys: [{ ...es256, kid: '__proto__' }] }).keySet;
  assert.equal(named.byId('__proto__').length, 1);
});

test('keys are found by both of their thumbprints', () => {
  const { keySet } = importKeySet({ keys: [{ ...rs256, x5t: 'short', 'x5t#S256': 'long' }] });
  assert.equal(keySet.byThumbprint('short'), keySet.byThumbprint('short'));
  assert.equal(keySet.byThumbprint('short')[0], keySet.byThumbprint('long')[0]);
});

test('a copy of a key is skipped; the same key for another algorithm or under another name is not', () => {
  const keys = [
    rs256,
    { ...rs256 },
    { ...rs256, alg: 'RS256' },
    { ...rs256, alg: 'PS256' },
    { ...rs256, kid: 'other' },
  ];
  const { keySet, skipped } = importKeySet({ keys });
  assert.equal(keySet.keys.length, 4);
  assert.deepEqual(skipped, [{ index: 1, kid: 'key-RS256', reason: 'duplicate' }]);
});

test('keys without a name are told apart by what they are', () => {
  const { kid: _, ...nameless } = eddsa;
  const { kid: __, ...other } = es256;
  const { keySet, skipped } = importKeySet({ keys: [nameless, other, { ...other, use: 'sig' }, nameless, eddsa] });
  assert.deepEqual(
    keySet.keys.map(({ id, curve }) => [id, curve]),
    [
      [undefined, 'Ed25519'],
      [undefined, 'P-256'],
      [eddsa['kid'], 'Ed25519'],
    ],
  );
  assert.deepEqual(
    skipped.map(({ index, reason }) => [index, reason]),
    [
      [2, 'duplicate'],
      [3, 'duplicate'],
    ],
  );
});

test('of more than a thousand keys the first thousand count', () => {
  const keys = Array.from({ length: 1200 }, (_, at) => ({ ...eddsa, kid: `key-${at}` }));
  const { keySet, skipped } = importKeySet({ keys });
  assert.equal(keySet.keys.length, 1000);
  assert.deepEqual(skipped, [{ index: 1000, kid: undefined, reason: 'beyond_limit' }]);
});

test('a set may be empty', () => {
  assert.deepEqual(importKeySet({ keys: [] }).keySet.keys, []);
});

test('what is no JWK Set at all is an error', () => {
  for (const value of [
    undefined,
    null,
    'keys',
    1,
    [],
    [es256],
    {},
    { keys: {} },
    { keys: null },
    { keys: 'x' },
    es256,
  ]) {
    assert.throws(() => importKeySet(value), KeySetMalformed);
  }
});

test('a key set cannot be changed', () => {
  const { keySet } = importKeySet({ keys: [es256] });
  assert.ok(Object.isFrozen(keySet) && Object.isFrozen(keySet.keys));
});
