import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ordinaryClaims } from '../../test/fixtures/a-jwt.ts';
import { checkPurpose } from './check-purpose.ts';

test('an access token passes', () => {
  assert.equal(checkPurpose(ordinaryClaims), undefined);
});

test('a claim that only another token has gives it away, whatever its value', () => {
  for (const claim of ['nonce', 'at_hash', 'c_hash', 's_hash', 'events', 'token_introspection', 'htm']) {
    for (const value of ['x', {}, null, '']) {
      const rejected = checkPurpose({ ...ordinaryClaims, [claim]: value });
      assert.equal(rejected?.code, 'not_an_access_token', claim);
      assert.equal(rejected?.facts['claim'], claim);
    }
  }
});

test('a token that names its own kind is taken at its word, whichever issuer it is of', () => {
  for (const kind of [
    { token_use: 'id' },
    { token_use: 'refresh' },
    { token_use: 'id_token' },
    { token_use: 'refresh_token' },
    { typ: 'ID' },
    { typ: 'Refresh' },
    { typ: 'Logout' },
  ]) {
    assert.equal(checkPurpose({ ...ordinaryClaims, ...kind })?.code, 'not_an_access_token', JSON.stringify(kind));
  }
  for (const kind of [{ token_use: 'access' }, { typ: 'Bearer' }, { typ: 'whatever' }]) {
    assert.equal(checkPurpose({ ...ordinaryClaims, ...kind }), undefined, JSON.stringify(kind));
  }
});
