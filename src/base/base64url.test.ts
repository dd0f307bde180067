import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBase64url } from './base64url.ts';

test('every sequence of bytes comes back from its encoding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const decoded = decodeBase64url(Buffer.from(bytes).toString('base64url'));
      assert.deepEqual(decoded, Buffer.from(bytes));
    }),
  );
});

test('a text is decoded exactly if it is of the alphabet and has no stray bits', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const strayBits: Record<number, number> = { 0: 0, 2: 0b001111, 3: 0b000011 };
  const isStrict = (text: string): boolean => {
    const mask = strayBits[text.length % 4];
    if (mask === undefined || [...text].some((character) => !alphabet.includes(character))) return false;
    return text === '' || (alphabet.indexOf(text.at(-1) ?? '') & mask) === 0;
  };
  const nearly = fc.string({ unit: fc.constantFrom(...alphabet, '+', '/', '=', ' ', '\n', 'é'), maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string()), (text) => {
      assert.equal(decodeBase64url(text) !== undefined, isStrict(text));
    }),
    { numRuns: 2000 },
  );
});

test('what other decoders forgive is refused', () => {
  for (const text of [
    'Zg==',
    'Zh',
    'Zg=',
    'Z',
    'Zg\n',
    ' Zg',
    'Z g',
    'Zm9=',
    'Zm-/',
    'Zm+_',
    'Zg\0',
    'Zgé',
    'Z\u0130',
  ]) {
    assert.equal(decodeBase64url(text), undefined, JSON.stringify(text));
  }
});

test('RFC 4648 section 10: the test vectors, without their padding', () => {
  const vectors = { '': '', f: 'Zg', fo: 'Zm8', foo: 'Zm9v', foob: 'Zm9vYg', fooba: 'Zm9vYmE', foobar: 'Zm9vYmFy' };
  for (const [plain, encoded] of Object.entries(vectors)) {
    assert.equal(decodeBase64url(encoded)?.toString(), plain);
  }
});
