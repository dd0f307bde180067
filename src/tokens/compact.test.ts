import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, outcome } from '../../test/fixtures/a-jwt.ts';
import { splitCompact } from './compact.ts';

test('three parts are told apart, and what is signed is kept as it came', () => {
  const parts = splitCompact('aa.bb.cc', 8);
  assert.deepEqual(parts.ok && parts.value, { header: 'aa', payload: 'bb', signature: 'cc', signingInput: 'aa.bb' });
});

test('a payload may be empty, and so may a signature, but a header may not', () => {
  assert.equal(outcome(splitCompact('aa..cc', 100)), 'accepted');
  assert.equal(outcome(splitCompact('aa.bb.', 100)), 'accepted');
  assert.equal(outcome(splitCompact('.bb.cc', 100)), 'token_parts_wrong');
});

test('any other number of parts is refused', () => {
  for (const token of ['', 'aa', 'aa.bb', '.', '...', 'a.b.c.d', 'a.b.c.d.e', 'a.b.c.d.e.f', 'a.b.c.']) {
    assert.equal(outcome(splitCompact(token, 100)), 'token_parts_wrong', token);
  }
});

test('the length is bounded, and the bound itself is allowed', () => {
  assert.equal(outcome(splitCompact('aa.bb.cc', 8)), 'accepted');
  assert.equal(outcome(splitCompact('aa.bb.ccc', 8)), 'token_too_long');
});

test('a JWE is refused by its name', () => {
  const header = encode('{"alg":"RSA-OAEP-256","enc":"A256GCM"}');
  assert.equal(outcome(splitCompact(`${header}.k.i.c.t`, 100)), 'token_encrypted');
  assert.equal(outcome(splitCompact(`${header}.k.i.c`, 100)), 'token_parts_wrong');
});
