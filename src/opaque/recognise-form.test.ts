import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateOpaqueToken } from './opaque-form.ts';
import { recogniseForm } from './recognise-form.ts';

test('Tokens of our form are those of an issuer that is said to be a Gatehouse, and it has no others.', () => {
  const isTheirs = recogniseForm('hub', { gatehouse: true });
  const token = generateOpaqueToken();
  assert.ok(isTheirs(token));
  const mistyped = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
  for (const other of [mistyped, generateOpaqueToken('ghr_'), generateOpaqueToken('ghs_'), 'ya29.a0', '']) {
    assert.ok(!isTheirs(other), other);
  }
});

test('To any other issuer none of ours is shown, whatever is configured.', () => {
  for (const form of [undefined, { prefixes: ['gho_'] }, { matches: () => true }, { gatehouse: false }]) {
    assert.ok(!recogniseForm('acme', form)(generateOpaqueToken()));
  }
});
