import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { test } from 'node:test';
import { importKeySet } from '../../src/tokens/index.ts';
import { aJwt, aSigningKey, encode, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** The algorithm names its curve (RFC 7518 section 3.4): ES256 under a P-384 key is neither. */
const curves = ['ES256', 'ES384', 'ES512'];

for (const alg of curves) {
  for (const keyAlg of curves.filter((other) => other !== alg)) {
    test(`${alg} is refused under a key for ${keyAlg}, though that key made the signature`, () => {
      const key = aSigningKey(keyAlg);
      const [header, payload] = aJwt(key, {}, { alg }).split('.');
      const digest = `sha${alg.slice(2)}`;
      const signature = sign(digest, Buffer.from(`${header}.${payload}`), {
        key: key.privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      assert.equal(outcome(verify(`${header}.${payload}.${encode(signature)}`, keySetOf(key))), 'key_unfit');
    });
  }
}

test('a key on a curve of which no algorithm is known is no key', () => {
  const { jwk } = aSigningKey('ES256K');
  const { keySet, skipped } = importKeySet({ keys: [jwk] });
  assert.equal(skipped[0]?.reason, 'curve_unsupported');
  assert.equal(outcome(verify(aJwt(aSigningKey('ES256'), {}, { kid: jwk.kid }), keySet)), 'key_unknown');
});

test('a key that names another curve than its point is on is no key', () => {
  const { skipped } = importKeySet({ keys: [{ ...aSigningKey('ES384').jwk, crv: 'P-256' }] });
  assert.equal(skipped[0]?.reason, 'malformed');
});
