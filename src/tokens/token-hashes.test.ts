import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, encode, keySetOf, outcome, verify } from '../../test/fixtures/a-jwt.ts';
import { sha256Hex } from '../base/sha256.ts';
import { algorithmNamed } from './algorithms.ts';
import { tokenHashes } from './token-hashes.ts';

/** The same token with (R, n - S) in place of (R, S). */
function turned(token: string, order: bigint): string {
  const dot = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(dot + 1), 'base64url');
  const half = signature.length / 2;
  const s = order - BigInt(`0x${signature.subarray(half).toString('hex')}`);
  signature.write(s.toString(16).padStart(2 * half, '0'), half, 'hex');
  return `${token.slice(0, dot + 1)}${signature.toString('base64url')}`;
}

for (const alg of ['ES256', 'ES384', 'ES512']) {
  test(`a token signed by ${alg} has a twin that verifies too, and both know both hashes`, () => {
    const key = aSigningKey(alg);
    const token = aJwt(key);
    const twin = turned(token, algorithmNamed(alg)?.order ?? 0n);
    assert.notEqual(twin, token);
    assert.equal(outcome(verify(twin, keySetOf(key))), 'accepted');
    assert.deepEqual(tokenHashes(token), [sha256Hex(token), sha256Hex(twin)]);
    assert.deepEqual(tokenHashes(twin), [sha256Hex(twin), sha256Hex(token)]);
  });
}

test('other tokens have one hash', () => {
  const jwts = ['RS256', 'PS256', 'EdDSA'].map((alg) => aJwt(aSigningKey(alg)));
  for (const token of [...jwts, 'gho_abc', '', 'a.b.c', '0001kQ2vXn7LrB4tHs0ZpWm5cYd8']) {
    assert.deepEqual(tokenHashes(token), [sha256Hex(token)]);
  }
});

test('a signature that is none has no twin', () => {
  const signed = `${encode('{"alg":"ES256"}')}.${encode('{}')}`;
  for (const signature of ['', encode(Buffer.alloc(64, 0xff)), encode('short')]) {
    const token = `${signed}.${signature}`;
    assert.deepEqual(tokenHashes(token), [sha256Hex(token)], signature);
  }
});
