import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { test } from 'node:test';
import { aJwt, aSigningKey, encode, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** A second encoding of the same signature is a second token: RFC 7518 section 3.4 knows R and S side by side only. */
for (const alg of ['ES256', 'ES384', 'ES512']) {
  test(`an ${alg} signature in DER is refused, of whatever length it happens to be`, () => {
    const key = aSigningKey(alg);
    const [header, payload] = aJwt(key).split('.');
    for (let times = 0; times < 20; times++) {
      const der = sign(`sha${alg.slice(2)}`, Buffer.from(`${header}.${payload}`), key.privateKey);
      for (const bytes of [der, Buffer.concat([der, Buffer.alloc(64)]).subarray(0, 64), der.subarray(2)]) {
        assert.equal(outcome(verify(`${header}.${payload}.${encode(bytes)}`, keySetOf(key))), 'signature_invalid');
      }
    }
  });
}
