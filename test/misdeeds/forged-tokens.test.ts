import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, outcome, verify } from '../fixtures/a-jwt.ts';
import { forgeries } from './forged-tokens/all.ts';
import { issuerKeySet, issuerKeys } from './forged-tokens/forgery.ts';

test('the tokens that the forged ones are made from are good', () => {
  for (const key of issuerKeys) assert.equal(outcome(verify(aJwt(key), issuerKeySet)), 'accepted');
});

for (const [kind, rows] of Object.entries(forgeries)) {
  for (const { name, token, code } of rows) {
    test(`forged token (${kind}): ${name} is refused as ${code}`, () => {
      assert.equal(outcome(verify(token(), issuerKeySet)), code);
    });
  }
}

test('no two forged tokens are called the same', () => {
  const names = Object.values(forgeries).flatMap((rows) => rows.map(({ name }) => name));
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});
