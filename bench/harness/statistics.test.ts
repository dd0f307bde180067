import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, quantile, summarise } from './statistics.ts';

for (const [values, expected] of [
  [[3], 3],
  [[2, 1], 1.5],
  [[9, 1, 5], 5],
  [[10, 2, 30, 4], 7],
] as const) {
  test(`the median of ${values} is ${expected}`, () => assert.equal(median(values), expected));
}

test('of nothing there is no median', () => {
  assert.throws(() => median([]), RangeError);
});

test('a quantile lies between two values in proportion', () => {
  const values = Array.from({ length: 101 }, (_, n) => 100 - n);
  assert.equal(quantile(values, 0.99), 99);
  assert.equal(quantile([1, 2], 0.25), 1.25);
});

test('a summary does not change what it sums up', () => {
  const values = [3, 1, 2];
  assert.deepEqual(summarise(values), { median: 2, lowest: 1, highest: 3 });
  assert.deepEqual(values, [3, 1, 2]);
});
