import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longestLifetimeSeconds } from '../protocol/longest-lifetime.ts';
import { furthestCutOff } from './prepare-revocations.ts';
import { maxRetention, retainForCutOff, retainForToken } from './retention.ts';

const expiresAt = 1_790_000_000_000;

test('An entry for one token outlives the token by its leeway and by what clocks may be apart.', () => {
  assert.equal(retainForToken(expiresAt, 5), expiresAt + 5000 + 60_000);
});

test('A cut-off outlives the longest-lived token that was issued within its second.', () => {
  const before = 1_790_000_000;
  const lastIssued = before * 1000 + 999;
  assert.ok(retainForCutOff(before, 3600, 5) > lastIssued + 3_600_000 + 5000);
  assert.equal(retainForCutOff(before, 3600, 5), retainForToken((before + 1 + 3600) * 1000, 5));
});

test('Where nothing is configured, a cut-off outlives the longest-lived token that any issuer may issue.', () => {
  assert.equal(retainForCutOff(1_790_000_000, undefined, 5), retainForCutOff(1_790_000_000, longestLifetimeSeconds, 5));
  const furthest = 1_790_000_000 + furthestCutOff;
  assert.ok(retainForCutOff(furthest, longestLifetimeSeconds, 300) < expiresAt + maxRetention, 'and fits into the log');
});
