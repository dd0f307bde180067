import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explore } from './explore.ts';
import { type LeaseRule, receiptModel } from './receipt-protocol.ts';

const ours: LeaseRule = { lease: 'held', readings: 'of this lease', renewedFrom: 'sent' };
const times = { lease: 2, end: 4 };

test('After a complete receipt no gateway lets the token in, however late whatever comes.', (t) => {
  const { states, counterexample } = explore(receiptModel(ours, times));
  assert.equal(counterexample, undefined);
  assert.ok(states > 100_000, `only ${states} states`);
  t.diagnostic(`${states} states`);
});

function waysToFail(rule: Partial<LeaseRule>): readonly string[] | undefined {
  return explore(receiptModel({ ...ours, ...rule }, times)).counterexample?.steps;
}

test('Without a lease, a gateway that is not on the roster yet decides by what it has read.', () => {
  assert.deepEqual(waysToFail({ lease: 'ignored' }), [
    'a read begins',
    'the log is looked at',
    'the read is applied',
    'it is revoked',
    'the receipt is complete',
  ]);
});

test('Where what was read before a lease counts within it, a gateway that is heard of late has missed something.', () => {
  assert.deepEqual(waysToFail({ readings: 'of any time' }), [
    'a report is sent',
    'a read begins',
    'the log is looked at',
    'the read is applied',
    'it is revoked',
    'the receipt is complete',
    'the report is stamped',
    'the report is acknowledged',
  ]);
});

test('Were a lease renewed from the acknowledgement on, it would last longer than the roster thinks.', () => {
  assert.deepEqual(waysToFail({ renewedFrom: 'acknowledged' }), [
    'a report is sent',
    'the report is stamped',
    'time passes',
    'the report is acknowledged',
    'time passes',
    'a read begins',
    'the log is looked at',
    'the read is applied',
    'it is revoked',
    'the receipt is complete',
  ]);
});
