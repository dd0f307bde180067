import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSigningKey, keySetOf, ordinaryClaims, outcome, signTexts, verify } from '../fixtures/a-jwt.ts';

/** In JavaScript `__proto__` and `constructor` are more than names, unless objects have no prototype. */
const key = aSigningKey('ES256');
const header = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: key.kid });
const claims = JSON.stringify(ordinaryClaims);

test('a claim `__proto__` lends nothing to the others', () => {
  const { sub: _, ...others } = ordinaryClaims;
  const text = JSON.stringify(others).replace('{', '{"__proto__":{"sub":"admin","admin":true},');
  assert.equal(outcome(verify(signTexts(header, text, key), keySetOf(key))), 'claim_missing');
  assert.equal((Object.prototype as { admin?: unknown }).admin, undefined);
});

test('a header `__proto__` lends nothing either', () => {
  const text = `{"typ":"at+jwt","kid":"${key.kid}","__proto__":{"alg":"ES256"}}`;
  assert.equal(outcome(verify(signTexts(text, claims, key), keySetOf(key))), 'header_invalid');
});

test('names of the language are only names, and stand in the claims as any other', () => {
  const text = claims.replace('{', '{"__proto__":1,"constructor":2,"toString":3,"hasOwnProperty":4,"valueOf":5,');
  const verdict = verify(signTexts(header, text, key), keySetOf(key));
  assert.ok(verdict.ok);
  assert.deepEqual(Object.keys(verdict.value.claims).slice(0, 5), [
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'],
  ]);
  assert.equal(Object.getPrototypeOf(verdict.value.claims), null);
});

test('a claim that is demanded under such a name must really be there', () => {
  const token = signTexts(header, claims, key);
  for (const claim of ['__proto__', 'constructor', 'toString']) {
    assert.equal(outcome(verify(token, keySetOf(key), { required: [claim] })), 'claim_missing');
    assert.equal(outcome(verify(token, keySetOf(key), { equals: { [`${claim}`]: ['x'] } })), 'claim_missing');
  }
});
