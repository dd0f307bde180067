import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, keySetOf, ordinaryClaims, outcome, signTexts, verify } from '../fixtures/a-jwt.ts';

/** A claim of the wrong type crashed the gateway or slipped through a comparison (krakend-jose, `roles: [1]`). */
const key = aSigningKey('ES256');
const header = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: key.kid });

/** The claim as it is written, so that numbers may be what no program would write. */
function claiming(claim: string, written: string): string {
  const { [claim as 'sub']: _, ...others } = ordinaryClaims;
  return signTexts(header, JSON.stringify(others).replace('{', `{"${claim}":${written},`), key);
}

const wrong: Record<string, readonly string[]> = {
  exp: ['"1790003600"', '"1"', '-1', 'null', 'true', '[1790003600]', '{}', '9007199254740993', '1e300', '""'],
  nbf: ['"0"', 'null', 'false', '[]', '-1', '9007199254740993'],
  iat: ['"1790000000"', 'null', '[]', '-1e9'],
  aud: ['1', 'null', '{}', '[1]', '["a",null]', '[["a"]]', 'true'],
  scope: ['1', 'null', '{}', '[1]', '[["orders:read"]]', 'true'],
  sub: ['1', 'null', '{}', '["mira"]', 'true'],
  client_id: ['1', 'null', '{}', '["orders-web"]'],
  jti: ['1', 'null', '{}', '[]'],
  iss: ['1', 'null', '{}', '["https://issuer.example"]'],
  cnf: ['null', '""', '[]', '"jkt"', '0'],
};

for (const [claim, values] of Object.entries(wrong)) {
  for (const written of values) {
    test(`\`${claim}\` written as ${written} is refused`, () => {
      assert.equal(outcome(verify(claiming(claim, written), keySetOf(key))), 'claim_invalid');
    });
  }
}

test('numbers that are none are refused as JSON', () => {
  for (const written of ['1e400', '-1e400', 'NaN', 'Infinity', '0x6ab13b80', '01790003600', '1_790_003_600']) {
    for (const claim of ['exp', 'iat', 'other']) {
      assert.equal(outcome(verify(claiming(claim, written), keySetOf(key))), 'json_invalid', written);
    }
  }
});

test('claims that are not read may have any type', () => {
  for (const roles of [[1], null, {}, 'admin', [['a']]]) {
    assert.equal(outcome(verify(aJwt(key, { roles, groups: roles }), keySetOf(key))), 'accepted');
  }
});
