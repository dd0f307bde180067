import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectation } from '../../test/fixtures/a-jwt.ts';
import { checkType } from './check-type.ts';

function codeOf(typ: string | undefined, types: readonly (string | undefined)[]): string | undefined {
  return checkType(typ === undefined ? { alg: 'ES256' } : { alg: 'ES256', typ }, { ...expectation, types })?.code;
}

test('a listed type passes in any case, with or without `application/`', () => {
  for (const typ of ['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/AT+jwt']) {
    assert.equal(codeOf(typ, ['at+jwt']), undefined, typ);
  }
});

test('an absent type passes only where that is expected', () => {
  assert.equal(codeOf(undefined, ['jwt', undefined]), undefined);
  assert.equal(codeOf(undefined, ['at+jwt']), 'token_type_not_accepted');
  assert.equal(codeOf('', ['jwt', undefined]), 'token_type_not_accepted');
});

test('what is not listed is refused', () => {
  const others = ['jwt', 'id+jwt', 'logout+jwt', 'secevent+jwt', 'dpop+jwt', 'global-token-revocation+jwt', 'jose'];
  for (const typ of [...others, 'at+jwt ', 'text/at+jwt', 'application/application/at+jwt', 'at+jwt\0', '__proto__']) {
    const rejected = checkType({ alg: 'ES256', typ }, { ...expectation, types: ['at+jwt'] });
    assert.equal(rejected?.code, 'token_type_not_accepted', typ);
    assert.deepEqual(rejected?.facts, { typ, accepted: ['at+jwt'] });
  }
});
