import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomBase62 } from './random-base62.ts';

test('Every digit is as likely as any other, wherever it stands.', () => {
  const expected = 1_000;
  const counts = new Map<string, number>();
  for (const digit of randomBase62(62 * expected)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  assert.equal(counts.size, 62);
  // Seven standard deviations: by chance, this fails once in ten thousand million runs.
  for (const [digit, count] of counts) assert.ok(Math.abs(count - expected) < 220, `${digit}: ${count}`);
});

test('It is as long as was asked.', () => {
  for (const length of [0, 1, 43, 5_000]) assert.equal(randomBase62(length).length, length);
});
