import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatSize, parseSize } from './size.ts';

test('a size is a whole number and its binary unit', () => {
  const table: [string, number][] = [
    ['0B', 0],
    ['512B', 512],
    ['16KiB', 16_384],
    ['10MiB', 10_485_760],
    ['1GiB', 1_073_741_824],
  ];
  for (const [text, value] of table) assert.equal(parseSize(text), value, text);
});

test('anything else is no size', () => {
  const others = ['', '16', 'KiB', '-1B', '1.5MiB', ' 1B', '1 KiB', '1KB', '1kb', '1K', '1Mi', '01B', '9999999999GiB'];
  for (const text of others) assert.equal(parseSize(text), undefined, text);
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.nat(), (value) => {
      assert.equal(parseSize(formatSize(value)), value);
    }),
  );
  assert.equal(formatSize(0), '0B');
  assert.equal(formatSize(1536), '1536B');
  assert.equal(formatSize(16_384), '16KiB');
});
