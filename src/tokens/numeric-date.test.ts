import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNumericDate } from './numeric-date.ts';

test('seconds since 1970 are dates, fractions too, up to the last that can be told', () => {
  for (const value of [0, 0.5, 1_790_000_000, 1_790_000_000.25, 8_640_000_000_000]) assert.ok(isNumericDate(value));
  assert.ok(new Date(8_640_000_000_000 * 1000).toISOString());
});

test('other numbers and other types are not', () => {
  const others = [-1, -0.1, 8_640_000_000_001, 2 ** 53 + 1, Number.NaN, Number.POSITIVE_INFINITY];
  for (const value of [...others, '1790000000', null, undefined, true, [1], {}]) assert.ok(!isNumericDate(value));
});
