import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { delayAfterFailure, delayAfterSuccess } from './refresh-delay.ts';

const times = { minRefresh: 60_000, maxRefresh: 300_000, coolDown: 30_000, maxStale: 86_400_000 };
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const freshness = fc.option(fc.nat({ max: 10_000_000_000 }), { nil: undefined });

test('after a success the delay keeps the bounds, and leaves time for the fetch itself', () => {
  fc.assert(
    fc.property(freshness, chance, (freshFor, random) => {
      const delay = delayAfterSuccess(freshFor, times, () => random);
      assert.ok(delay >= 60_000 && delay <= 285_000, `${delay}`);
    }),
  );
});

test('after failures the delay grows from a second to ten and no further', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), chance, (failures, random) => {
      const delay = delayAfterFailure(failures, () => random);
      assert.ok(delay >= 800 && delay <= 10_000, `${delay}`);
    }),
  );
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((failures) => delayAfterFailure(failures, () => 1)),
    [1000, 2000, 4000, 8000, 10_000, 10_000],
  );
});
