import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forGood, retainForCutOff, retainForToken } from './retention.ts';

const expiresAt = 1_790_000_000_000;

test('An entry for one token outlives the token by the furthest leeway and by what clocks may be apart.', () => {
  assert.equal(retainForToken(expiresAt), expiresAt + 300_000 + 60_000);
});

test('A cut-off outlives the longest-lived token that was issued within its second.', () => {
  const before = 1_790_000_000;
  const lastIssued = before * 1000 + 999;
  assert.ok(retainForCutOff(before, 3600) > lastIssued + 3_600_000 + 300_000);
  assert.equal(retainForCutOff(before, 3600), retainForToken((before + 1 + 3600) * 1000));
});

test('Where nothing bounds how long tokens live, a cut-off is kept for good.', () => {
  assert.equal(retainForCutOff(1_790_000_000, undefined), forGood);
});

test('An entry for a token that never ends is kept for good.', () => {
  for (const never of [8_640_000_000_000_000, 1e300, Number.POSITIVE_INFINITY]) {
    assert.equal(retainForToken(never), forGood);
  }
});
