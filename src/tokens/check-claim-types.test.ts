import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ordinaryClaims } from '../../test/fixtures/a-jwt.ts';
import type { Claims, Json } from '../protocol/claims.ts';
import { checkClaimTypes } from './check-claim-types.ts';
import { isNumericDate } from './numeric-date.ts';

const anything = fc.jsonValue() as fc.Arbitrary<Json>;

function passes(claims: Claims): boolean {
  return checkClaimTypes(claims) === undefined;
}

test('ordinary claims pass, and so do none at all', () => {
  assert.ok(passes(ordinaryClaims));
  assert.ok(passes({}));
});

test('names are strings', () => {
  for (const claim of ['iss', 'sub', 'jti', 'client_id', 'azp', 'sid', 'cid', 'appid']) {
    fc.assert(fc.property(anything, (value) => passes({ [claim]: value }) === (typeof value === 'string')));
  }
});

test('audiences and scopes are strings or lists of strings', () => {
  const isString = (value: unknown): boolean => typeof value === 'string';
  for (const claim of ['aud', 'scope', 'scp']) {
    fc.assert(
      fc.property(anything, (value) => {
        assert.equal(passes({ [claim]: value }), isString(value) || (Array.isArray(value) && value.every(isString)));
      }),
    );
    assert.ok(!passes({ [claim]: ['read', 1] }));
    assert.ok(!passes({ [claim]: [['read']] }));
    assert.ok(!passes({ [claim]: { 0: 'read', length: 1 } }));
  }
});

test('dates are numbers', () => {
  for (const claim of ['exp', 'nbf', 'iat']) {
    fc.assert(fc.property(anything, (value) => passes({ [claim]: value }) === isNumericDate(value)));
    for (const value of ['1790000000', '', null, true, [1_790_000_000], -1, 2 ** 53 + 2]) {
      assert.deepEqual(checkClaimTypes({ [claim]: value })?.facts, {
        claim,
        expected: 'a number of seconds since 1970',
        actual: value,
      });
    }
  }
});

test('a confirmation is an object, lest a bound token pass as a free one', () => {
  assert.ok(passes({ cnf: { jkt: 'x' } }));
  for (const cnf of [null, '', 'jkt', [], [{}], 0, false]) assert.ok(!passes({ cnf }));
});

test('claims that the journey does not read may be anything', () => {
  fc.assert(
    fc.property(anything, (value) => passes({ auth_time: value, roles: value, 'https://acme.example/x': value })),
  );
});
