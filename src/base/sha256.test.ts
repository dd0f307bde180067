import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from './sha256.ts';

test('FIPS 180-4: the example of one block, as text and as bytes', () => {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  assert.equal(sha256Hex('abc'), expected);
  assert.equal(sha256Hex(Buffer.from('abc')), expected);
});

test('a text is hashed as UTF-8', () => {
  assert.equal(sha256Hex('é'), sha256Hex(Buffer.from([0xc3, 0xa9])));
});
