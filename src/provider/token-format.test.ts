import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseTokenFormat, type TokenNeed, tokenNeeds } from './token-format.ts';

const needs = Object.keys(tokenNeeds) as TokenNeed[];

test('without needs a token is opaque, and the reason is given', () => {
  const { format, reasons, cautions } = chooseTokenFormat({});
  assert.equal(format, 'opaque');
  assert.match(reasons.join(' '), /Nothing needs a JWT/);
  assert.deepEqual(cautions, []);
});

test('early revocation and latency ask for neither kind', () => {
  assert.equal(chooseTokenFormat({ needs: ['early-revocation', 'latency'] }).format, 'opaque');
});

for (const need of ['federation', 'local-validation-by-others', 'readable-by-bearer'] as const) {
  test(`the need ${need} makes it a JWT, whatever else is needed`, () => {
    const { format, reasons } = chooseTokenFormat({ needs: ['early-revocation', need] });
    assert.equal(format, 'jwt');
    assert.ok(reasons.some((reason) => reason.startsWith(`${need}:`)));
  });
}

test('a JWT that must be revocable early and is validated by others comes with a caution', () => {
  const { cautions } = chooseTokenFormat({ needs: ['early-revocation', 'local-validation-by-others'] });
  assert.match(cautions.join(' '), /until it expires/);
});

test('a format that was set is obeyed, and its conflicts with the needs are named', () => {
  const opaque = chooseTokenFormat({ format: 'opaque', needs: ['federation'] });
  assert.equal(opaque.format, 'opaque');
  assert.match(opaque.cautions.join(' '), /does not meet the need federation/);
  assert.match(chooseTokenFormat({ format: 'jwt' }).cautions.join(' '), /can read its claims/);
});

test('for any needs, auto gives a JWT exactly when one of them wants it, and a reason for each', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...needs)), (some) => {
      const { format, reasons } = chooseTokenFormat({ format: 'auto', needs: some });
      assert.equal(
        format === 'jwt',
        some.some((need) => tokenNeeds[need].wants === 'jwt'),
      );
      for (const need of some) assert.ok(reasons.some((reason) => reason.startsWith(`${need}:`)));
    }),
  );
});
