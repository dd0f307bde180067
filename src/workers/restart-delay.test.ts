import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restartDelay } from './restart-delay.ts';

test('the first that is lost is replaced at once, the next ones ever later, and never later than after half a minute', () => {
  assert.deepEqual([1, 2, 3, 4, 5].map(restartDelay), [0, 250, 500, 1000, 2000]);
  assert.equal(restartDelay(1000), 30_000);
});
