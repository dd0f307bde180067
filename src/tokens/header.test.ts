import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../protocol/claims.ts';
import { checkHeader } from './header.ts';

function codeOf(header: JsonObject): string | undefined {
  return checkHeader(header)?.code;
}

test('a header needs an `alg`, and no more', () => {
  assert.equal(codeOf({ alg: 'ES256' }), undefined);
  assert.equal(codeOf({}), 'header_invalid');
});

test('parameters that are there are strings', () => {
  for (const name of ['alg', 'typ', 'cty', 'kid', 'x5t', 'x5t#S256']) {
    for (const value of [null, 1, true, [], ['ES256'], {}]) {
      const rejected = checkHeader({ alg: 'ES256', [name]: value });
      assert.equal(rejected?.code, 'header_invalid', name);
      assert.deepEqual(rejected?.facts, { parameter: name });
    }
  }
});

test('`crit` is refused whatever it holds', () => {
  for (const crit of [['exp'], ['b64'], [], 'exp', null, {}, ['alg'], [1], ['x', 'x'], false]) {
    assert.equal(codeOf({ alg: 'ES256', crit, exp: 1 }), 'critical_header_unknown', JSON.stringify(crit));
  }
});

test('an unencoded payload is refused also without `crit`', () => {
  assert.equal(codeOf({ alg: 'ES256', b64: false }), 'header_invalid');
  assert.equal(codeOf({ alg: 'ES256', b64: 'true' }), 'header_invalid');
  assert.equal(codeOf({ alg: 'ES256', b64: true }), undefined);
});

test('the header of a JWE is not one of a JWS', () => {
  assert.equal(codeOf({ alg: 'dir', enc: 'A256GCM' }), 'header_invalid');
  assert.equal(codeOf({ alg: 'ES256', zip: 'DEF' }), 'header_invalid');
});

test('keys in the header do not matter', () => {
  assert.equal(codeOf({ alg: 'ES256', jwk: {}, jku: 1, x5u: null, x5c: 'x' }), undefined);
});
