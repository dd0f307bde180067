import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyJws } from '../../src/tokens/index.ts';
import { aJwt, aSigningKey, encode, keySetOf, ordinaryClaims, outcome, verify } from '../fixtures/a-jwt.ts';

/** `alg: none` in any casing, the oldest bypass of all: python-jose#419, apisix#9809, and many before. */
const key = aSigningKey('ES256');
const payload = encode(JSON.stringify(ordinaryClaims));

test('a token without a signature is refused in all casings of its algorithm', () => {
  for (let bits = 0; bits < 16; bits++) {
    const alg = [...'none'].map((letter, at) => (bits & (1 << at) ? letter.toUpperCase() : letter)).join('');
    for (const kid of [undefined, key.kid]) {
      const header = encode(JSON.stringify({ alg, typ: 'at+jwt', kid }));
      for (const token of [`${header}.${payload}.`, `${header}.${payload}.${aJwt(key).split('.')[2]}`]) {
        assert.equal(outcome(verify(token, keySetOf(key))), 'algorithm_not_allowed', alg);
        assert.equal(outcome(verifyJws(token, key.jwk)), 'algorithm_not_allowed', alg);
      }
    }
  }
});

test('no list of allowed algorithms lets it in', () => {
  const token = `${encode('{"alg":"none","typ":"at+jwt"}')}.${payload}.`;
  for (const algorithms of [['none'], ['none', 'ES256'], []] as never[][]) {
    assert.equal(outcome(verify(token, keySetOf(key), { algorithms })), 'algorithm_not_allowed');
  }
});

test('a signature that was taken away leaves no valid token', () => {
  const [header, claims] = aJwt(key).split('.');
  assert.equal(outcome(verify(`${header}.${claims}.`, keySetOf(key))), 'signature_invalid');
  assert.equal(outcome(verify(`${header}.${claims}`, keySetOf(key))), 'token_parts_wrong');
});
