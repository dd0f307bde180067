import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSigningKey, keySetOf, outcome } from '../../test/fixtures/a-jwt.ts';
import { algorithmNames } from './algorithms.ts';
import { chooseKeys, describeKey } from './choose-keys.ts';
import type { JoseHeader } from './header.ts';
import { importKeySet, type KeySet } from './key-set.ts';

const es256 = aSigningKey('ES256');
const rs256 = aSigningKey('RS256');
const keySet = keySetOf(es256, rs256);

function choose(header: JoseHeader, keys: KeySet = keySet, allowed = algorithmNames) {
  return chooseKeys(header, allowed, keys);
}

function chosenIds(header: JoseHeader, keys?: KeySet): (string | undefined)[] {
  const chosen = choose(header, keys);
  assert.ok(chosen.ok, outcome(chosen));
  return chosen.value.candidates.map(({ id }) => id);
}

test('the algorithm must be one of the table and of the allow-list', () => {
  assert.equal(outcome(choose({ alg: 'ES256', kid: 'key-ES256' })), 'accepted');
  assert.equal(outcome(choose({ alg: 'ES256', kid: 'key-ES256' }, keySet, ['RS256'])), 'algorithm_not_allowed');
  assert.equal(outcome(choose({ alg: 'ES256', kid: 'key-ES256' }, keySet, [])), 'algorithm_not_allowed');
  for (const alg of ['none', 'HS256', 'es256', '__proto__']) {
    assert.equal(outcome(choose({ alg, kid: 'key-ES256' })), 'algorithm_not_allowed', alg);
  }
});

test('the algorithm is judged before the key, so that no forgery makes keys be fetched', () => {
  assert.equal(outcome(choose({ alg: 'none', kid: 'unheard of' })), 'algorithm_not_allowed');
});

test('a `kid` chooses the keys of that name, and an unknown one chooses none', () => {
  assert.deepEqual(chosenIds({ alg: 'RS256', kid: 'key-RS256' }), ['key-RS256']);
  const unknown = choose({ alg: 'RS256', kid: 'gone' });
  assert.ok(!unknown.ok);
  assert.equal(unknown.rejection.code, 'key_unknown');
  assert.deepEqual(unknown.rejection.facts['known'], ['key-ES256', 'key-RS256']);
  assert.equal(outcome(choose({ alg: 'RS256', kid: '' })), 'key_unknown');
});

test('a key that does not fit the algorithm is not used', () => {
  assert.equal(outcome(choose({ alg: 'ES256', kid: 'key-RS256' })), 'key_unfit');
  assert.equal(outcome(choose({ alg: 'ES384', kid: 'key-ES256' })), 'key_unfit');
});

test('of several keys under one `kid` those that fit are tried', () => {
  const shared = importKeySet({
    keys: [
      { ...es256.jwk, kid: 'a' },
      { ...rs256.jwk, kid: 'a' },
    ],
  }).keySet;
  const chosen = choose({ alg: 'RS256', kid: 'a' }, shared);
  assert.deepEqual(chosen.ok && chosen.value.candidates.map(({ type }) => type), ['RSA']);
});

test('without a `kid` a thumbprint chooses, the strong one first', () => {
  const keys = [
    { ...rs256.jwk, kid: 'old', x5t: 'T1' },
    { ...rs256.jwk, kid: 'new', x5t: 'T2', 'x5t#S256': 'T3' },
  ];
  const dated = importKeySet({ keys }).keySet;
  assert.deepEqual(chosenIds({ alg: 'RS256', x5t: 'T1' }, dated), ['old']);
  assert.deepEqual(chosenIds({ alg: 'RS256', x5t: 'T1', 'x5t#S256': 'T3' }, dated), ['new']);
  assert.deepEqual(chosenIds({ alg: 'RS256', x5t: 'T1', 'x5t#S256': 'T9' }, dated), ['old']);
  assert.equal(outcome(choose({ alg: 'RS256', x5t: 'T9' }, dated)), 'key_unknown');
  assert.deepEqual(chosenIds({ alg: 'RS256', kid: 'old', x5t: 'T2' }, dated), ['old']);
  assert.equal(outcome(choose({ alg: 'RS256', kid: 'gone', x5t: 'T2' }, dated)), 'key_unknown');
});

test('with neither, every fitting key is tried, eight at most', () => {
  assert.deepEqual(chosenIds({ alg: 'RS256' }), ['key-RS256']);
  const many = importKeySet({ keys: Array.from({ length: 30 }, (_, at) => ({ ...es256.jwk, kid: `k${at}` })) }).keySet;
  assert.equal(chosenIds({ alg: 'ES256' }, many).length, 8);
  assert.equal(outcome(choose({ alg: 'EdDSA' })), 'key_unfit');
});

test('an empty key set knows no key', () => {
  for (const header of [{ alg: 'ES256' }, { alg: 'ES256', kid: 'a' }, { alg: 'ES256', x5t: 'a' }]) {
    assert.equal(outcome(choose(header, keySetOf())), 'key_unknown');
  }
});

test('a key is described by what it is for', () => {
  const [key] = keySet.byId('key-ES256');
  assert.ok(key);
  assert.deepEqual(describeKey(key), { kid: 'key-ES256', kty: 'EC', crv: 'P-256', algorithms: ['ES256'] });
});
