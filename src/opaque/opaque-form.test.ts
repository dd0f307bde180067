import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { base62 } from './base62.ts';
import { checksumFits, generateOpaqueToken, isOpaqueForm, opaquePrefixes, opaquePrefixOf } from './opaque-form.ts';

const prefixes = Object.keys(opaquePrefixes) as (keyof typeof opaquePrefixes)[];
const aPrefix = fc.constantFrom(...prefixes);
const aToken = aPrefix.map(generateOpaqueToken);

test('a token is its prefix, 43 random characters and 6 of checksum', () => {
  assert.match(generateOpaqueToken(), /^gho_[0-9A-Za-z]{49}$/);
  assert.match(generateOpaqueToken('ghs_'), /^ghs_[0-9A-Za-z]{49}$/);
});

test('base 62 of the published CRC-32 check value is six digits', () => {
  // The check value of CRC-32/ISO-HDLC: the checksum of "123456789" is 0xcbf43926.
  assert.equal(crc32('123456789'), 0xcbf43926);
  const digits = base62(0xcbf43926, 6);
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const back = [...digits].reduce((sum, digit) => sum * 62 + alphabet.indexOf(digit), 0);
  assert.equal(digits.length, 6);
  assert.equal(back, 0xcbf43926);
});

test('base 62 pads small numbers with zeros', () => {
  assert.equal(base62(0, 6), '000000');
  assert.equal(base62(61, 2), '0z');
});

test('whatever is generated has the form, its prefix and a fitting checksum', () => {
  fc.assert(
    fc.property(aPrefix, (prefix) => {
      const token = generateOpaqueToken(prefix);
      assert.equal(opaquePrefixOf(token), prefix);
      assert.ok(isOpaqueForm(token));
      assert.ok(checksumFits(token));
    }),
  );
});

test('any change of one character is detected', () => {
  fc.assert(
    fc.property(aToken, fc.nat(52), fc.string({ minLength: 1, maxLength: 1 }), (token, position, character) => {
      fc.pre(token.charAt(position) !== character);
      assert.ok(!checksumFits(token.slice(0, position) + character + token.slice(position + 1)));
    }),
    { numRuns: 500 },
  );
});

test('any swap of two neighbours is detected', () => {
  fc.assert(
    fc.property(aToken, fc.nat(51), (token, position) => {
      const [left, right] = [token.charAt(position), token.charAt(position + 1)];
      fc.pre(left !== right);
      assert.ok(!checksumFits(token.slice(0, position) + right + left + token.slice(position + 2)));
    }),
  );
});

test('whatever was cut off or added is detected', () => {
  fc.assert(
    fc.property(aToken, fc.nat(52), fc.string({ minLength: 1 }), (token, kept, more) => {
      assert.ok(!checksumFits(token.slice(0, kept)));
      assert.ok(!checksumFits(token + more));
      assert.ok(!checksumFits(more + token));
    }),
  );
});

test('a prefix cannot be exchanged for another', () => {
  const token = generateOpaqueToken('ghr_');
  assert.ok(!checksumFits(token.replace('ghr_', 'gho_')));
});

test('names that every object has are no prefixes', () => {
  for (const value of ['', 'gh', '__proto__', 'constructor', 'ghp_0123', 'GHO_0123']) {
    assert.equal(opaquePrefixOf(value), undefined);
  }
});

test('a thousand tokens are a thousand different ones', () => {
  assert.equal(new Set(Array.from({ length: 1000 }, () => generateOpaqueToken())).size, 1000);
});
