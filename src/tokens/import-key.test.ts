import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSigningKey } from '../../test/fixtures/a-jwt.ts';
import { importKey, importPublicHalf } from './import-key.ts';
import type { VerificationKey } from './verification-key.ts';

const rsa = aSigningKey('RS256');
const p256 = aSigningKey('ES256');
const ed25519 = aSigningKey('EdDSA');

function imported(jwk: unknown): VerificationKey {
  const key = importKey(jwk);
  assert.ok(typeof key === 'object', String(key));
  return key;
}

function algorithmsOf(jwk: object): string[] {
  return imported(jwk).algorithms.map(({ name }) => name);
}

test('a key without `alg` may verify by what fits its type and curve, and nothing more', () => {
  assert.deepEqual(algorithmsOf(rsa.jwk), ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']);
  assert.deepEqual(algorithmsOf(p256.jwk), ['ES256']);
  assert.deepEqual(algorithmsOf(aSigningKey('ES384').jwk), ['ES384']);
  assert.deepEqual(algorithmsOf(aSigningKey('ES512').jwk), ['ES512']);
  assert.deepEqual(algorithmsOf(ed25519.jwk), ['EdDSA', 'Ed25519']);
});

test('a key with `alg` is for that one only', () => {
  assert.deepEqual(algorithmsOf({ ...rsa.jwk, alg: 'PS384' }), ['PS384']);
  assert.deepEqual(algorithmsOf({ ...ed25519.jwk, alg: 'EdDSA' }), ['EdDSA']);
});

test('an `alg` that does not fit, or that is none of ours, makes the key useless', () => {
  for (const alg of ['ES256', 'HS256', 'none', 'RSA-OAEP', 'RSA1_5', 'rs256', '', 1, ['RS256'], '__proto__']) {
    assert.equal(importKey({ ...rsa.jwk, alg }), 'algorithm_unsupported', String(alg));
  }
  assert.equal(importKey({ ...p256.jwk, alg: 'ES384' }), 'algorithm_unsupported');
});

test('`use` and `key_ops` must allow verifying', () => {
  assert.ok(imported({ ...rsa.jwk, use: 'sig', key_ops: ['verify'] }));
  for (const use of ['enc', 'SIG', '', 1]) assert.equal(importKey({ ...rsa.jwk, use }), 'not_for_signatures');
  for (const operations of [[], ['sign'], ['encrypt'], ['Verify']]) {
    assert.equal(importKey({ ...rsa.jwk, key_ops: operations }), 'not_for_signatures');
  }
  for (const operations of ['verify', {}]) {
    assert.equal(importKey({ ...rsa.jwk, key_ops: operations }), 'malformed');
  }
});

test('a published private key is skipped; handed over by its owner, its public half counts', () => {
  for (const key of [rsa, p256, ed25519]) {
    const jwk = { ...key.privateKey.export({ format: 'jwk' }), kid: 'mine' };
    assert.equal(importKey(jwk), 'private');
    const half = importPublicHalf(jwk);
    assert.ok(typeof half === 'object' && half.publicKey.equals(key.publicKey));
  }
  for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth']) {
    assert.equal(importKey({ ...rsa.jwk, [member]: '' }), 'private', member);
  }
});

test('a symmetric key is skipped as such', () => {
  assert.equal(importKey({ kty: 'oct', k: 'c2VjcmV0', kid: 'shared', alg: 'HS256' }), 'symmetric');
  assert.equal(importPublicHalf({ kty: 'oct', k: '' }), 'symmetric');
});

test('what is no object is no key', () => {
  for (const value of [null, undefined, 1, 'key', true, [], [rsa.jwk]]) assert.equal(importKey(value), 'not_an_object');
});

test('a `kid` is a string or absent', () => {
  assert.equal(imported({ ...p256.jwk, kid: undefined }).id, undefined);
  assert.equal(imported({ ...p256.jwk, kid: '' }).id, '');
  for (const kid of [1, {}, ['key']]) assert.equal(importKey({ ...p256.jwk, kid }), 'malformed');
});

test('a member that is null is as good as none', () => {
  const unstated = { use: null, key_ops: null, alg: null, kid: null, x5t: null, d: null, oth: null };
  const { id, algorithms, thumbprints } = imported({ ...p256.jwk, ...unstated });
  assert.deepEqual([id, algorithms.map(({ name }) => name), thumbprints], [undefined, ['ES256'], []]);
  for (const member of ['kty', 'crv', 'x', 'y']) {
    assert.ok(['malformed', 'type_unsupported'].includes(String(importKey({ ...p256.jwk, [member]: null }))), member);
  }
});

test('thumbprints are kept as they are stated, the strong one first', () => {
  assert.deepEqual(imported({ ...rsa.jwk, x5t: 'short', 'x5t#S256': 'long' }).thumbprints, ['long', 'short']);
  assert.deepEqual(imported({ ...rsa.jwk, x5t: 1 }).thumbprints, []);
});

test('an imported key cannot be changed', () => {
  const key = imported(rsa.jwk);
  assert.ok(Object.isFrozen(key) && Object.isFrozen(key.algorithms) && Object.isFrozen(key.thumbprints));
});
