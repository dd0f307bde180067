import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** Where the named key was not found, another was taken, or an empty one (CVE-2026-44351). */
const key = aSigningKey('ES256');

test('an unknown `kid` never falls back to a key that would verify', () => {
  for (const kid of ['rotated-away', '', 'key-es256', 'key-ES256 ', '0']) {
    assert.equal(outcome(verify(aJwt(key, {}, { kid }), keySetOf(key))), 'key_unknown');
  }
});

test('an unknown thumbprint does not either', () => {
  for (const hint of ['x5t', 'x5t#S256']) {
    assert.equal(outcome(verify(aJwt(key, {}, { kid: undefined, [hint]: 'AAAA' }), keySetOf(key))), 'key_unknown');
  }
});

test('a known `kid` never falls back to another key of the set', () => {
  const other = aSigningKey('ES256', 'other');
  assert.equal(outcome(verify(aJwt(key, {}, { kid: other.kid }), keySetOf(key, other))), 'signature_invalid');
});

test('only a token without any hint is tried with the keys that fit', () => {
  const keys = keySetOf(aSigningKey('RS256'), aSigningKey('ES256', 'other'), key);
  assert.equal(outcome(verify(aJwt(key, {}, { kid: undefined }), keys)), 'accepted');
});
