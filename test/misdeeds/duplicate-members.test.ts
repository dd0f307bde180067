import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSigningKey, keySetOf, ordinaryClaims, outcome, signTexts, verify } from '../fixtures/a-jwt.ts';

/** Two parsers read two tokens out of one, each taking another of two members with one name. */
const key = aSigningKey('ES256');
const header = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: key.kid });
const claims = JSON.stringify(ordinaryClaims);

test('a claim that is written twice is refused, also where both say the same', () => {
  for (const claim of Object.keys(ordinaryClaims)) {
    const value = JSON.stringify(ordinaryClaims[claim as keyof typeof ordinaryClaims]);
    for (const other of [value, '"admin"', 'null']) {
      const twice = [claims.replace('{', `{"${claim}":${other},`), claims.replace(/}$/, `,"${claim}":${other}}`)];
      for (const text of twice)
        assert.equal(outcome(verify(signTexts(header, text, key), keySetOf(key))), 'json_invalid');
    }
  }
});

test('an escape does not hide it', () => {
  const escaped = claims.replace(/}$/, ',"\\u0073ub":"admin"}');
  assert.equal(outcome(verify(signTexts(header, escaped, key), keySetOf(key))), 'json_invalid');
});

test('a parameter of the header that is written twice is refused', () => {
  for (const member of ['"alg":"none"', '"alg":"ES256"', '"kid":"other"', '"\\u0061lg":"none"', '"typ":"JWT"']) {
    const twice = header.replace('{', `{${member},`);
    assert.equal(outcome(verify(signTexts(twice, claims, key), keySetOf(key))), 'json_invalid', member);
  }
});
