import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { headerValue } from './header-value.ts';

for (const [claim, expected] of [
  ['ada', 'ada'],
  ['orders:read orders:write', 'orders:read orders:write'],
  [' ada ', '%20ada%20'],
  ['Zoë', 'Zo%C3%AB'],
  ['100%', '100%25'],
  ['a\r\nX-Admin: true', 'a%0D%0AX-Admin: true'],
  ['a\u0000\u007f', 'a%00%7F'],
  ['😀', '%F0%9F%98%80'],
  ['\ud800', '%EF%BF%BD'],
  ['a,b', 'a,b'],
  [['a', 'b'], 'a,b'],
  [['a,b', 'c'], 'a%2Cb,c'],
  [[1, true, 'x'], '1,true,x'],
  [true, 'true'],
  [0, '0'],
  [1e21, '1e+21'],
  [{ a: 1 }, '{"a":1}'],
  [[{ a: 'é' }], '[{"a":"%C3%A9"}]'],
  [[null], '[null]'],
  [undefined, undefined],
  [null, undefined],
  ['', undefined],
  [[], undefined],
  ['x'.repeat(4096), 'x'.repeat(4096)],
  ['x'.repeat(4097), undefined],
] as const) {
  test(`${JSON.stringify(claim)?.slice(0, 40)} is sent as ${expected?.slice(0, 40)}`, () => {
    assert.equal(headerValue(claim), expected);
  });
}

test('whatever the claim is, its value is one line of visible ASCII and decodes to the claim', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (claim) => {
      const value = headerValue(claim);
      assert.match(value ?? '', /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/);
      assert.equal(decodeURIComponent(value ?? ''), claim.toWellFormed());
    }),
  );
});
