import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSigningKey } from '../../test/fixtures/a-jwt.ts';
import { importKey } from './import-key.ts';
import { isRocaModulus } from './is-roca-modulus.ts';

/** From C2SP/wycheproof, testvectors_v1/json_web_key_test.json, test 7. */
const vulnerable = {
  kty: 'RSA',
  e: 'AQAB',
  n: [
    'AanFpofbj7KjD4Lf-N2hVMKR7yewSyXhhbirIMTGpfYEhZ_lnt5UoK98DnKIgArXGTu3MaW_HhFw16HGaTDUHqPrId7fe4r11CqRw09yBFuW79V8',
    'sYIwHdzCaWflUI6auImYbVfoN9_nD5n8N8SY9DwXw7mwZM9wREPXoDPgOoIWl6q_MPsp7n0zs3Z5ZaiQWOOzl1S9OhwAfSiiOwz6efnXEaxuTEtP',
    'd7BjSx7NaFka8Dx9U7YqXy2RFj1O9PjyaDGuRh7YXsX3iMUSP_wSyHQg_c_qHRtKUsNSGCT7OZg0hzm2KphtjnayKJvC64vAbROBR4Ubg6Bxg9IQ',
    'VZ-QYyE',
  ].join(''),
};

function modulusOf(n: string): bigint {
  return BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`);
}

test('a modulus made by the vulnerable library is recognised, and the key skipped', () => {
  assert.ok(isRocaModulus(modulusOf(vulnerable.n)));
  assert.equal(importKey(vulnerable), 'rsa_modulus_factorable');
});

test('one made by OpenSSL is not', () => {
  for (const kid of ['one', 'two']) assert.ok(!isRocaModulus(modulusOf(String(aSigningKey('RS256', kid).jwk.n))));
});
