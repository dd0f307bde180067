import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createQuota } from './quota.ts';

test('so many are let through in a stretch of time, and then one for each that has passed', () => {
  const quota = createQuota(2, 1_000);
  assert.deepEqual(
    [0, 400, 500, 999, 1_000, 1_001, 1_400].map((now) => quota.take(now)),
    [0, 0, 500, 1, 0, 399, 0],
  );
});

test('a clock that is set back locks nobody out', () => {
  const quota = createQuota(1, 1_000);
  assert.deepEqual([quota.take(10_000), quota.take(5_000), quota.take(5_001)], [0, 0, 999]);
});
