import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explore } from './explore.ts';
import { type Bounds, modelOf, type Protocol } from './protocol.ts';

const ours: Protocol = { numbers: 'lock', position: 'mark', looks: true };
const quiet: Bounds = { appends: [1, 1], crashes: 0, failovers: 0, expiries: 0 };

test('Nothing is missed, and nothing made up, whatever happens in whatever order.', (t) => {
  for (const bounds of [
    { appends: [1, 2, 1], crashes: 1, failovers: 1, expiries: 1 },
    { appends: [2, 1], crashes: 1, failovers: 2, expiries: 2 },
  ]) {
    const { states, counterexample } = explore(modelOf(ours, bounds));
    assert.equal(counterexample, undefined);
    assert.ok(states > 10_000, `only ${states} states`);
    t.diagnostic(`${states} states with ${JSON.stringify(bounds)}`);
  }
});

test('With numbers from a sequence, a reader skips what commits late.', () => {
  const { counterexample } = explore(modelOf({ ...ours, numbers: 'sequence' }, quiet));
  assert.deepEqual(counterexample, {
    steps: [
      'A takes 1',
      'B takes 2',
      'B commits, unheard',
      'the reader connects',
      'the reader reads',
      'A commits, unheard',
      'the reader reads',
    ],
    fault: 'A1 is missed by a reader that thinks it is level',
  });
});

test('By the number alone, a reader goes on in a history that it has not read.', () => {
  const { counterexample } = explore(modelOf({ ...ours, position: 'number' }, { ...quiet, failovers: 1 }));
  assert.deepEqual(counterexample, {
    steps: [
      'A takes 1',
      'A commits, unheard',
      'the reader connects',
      'the reader reads',
      'the standby takes over',
      'the reader connects',
      'the reader reads',
    ],
    fault: 'A1 is applied, but is not in the log',
  });
});

test('Who only waits to be notified may wait for ever.', () => {
  const { counterexample } = explore(modelOf({ ...ours, looks: false }, { ...quiet, appends: [1] }));
  assert.deepEqual(counterexample, {
    steps: ['A takes 1', 'the reader connects', 'the reader reads', 'A commits, unheard'],
    fault: 'nobody will ever tell the reader of A1',
  });
});

test('The same faults are found when more happens at once.', () => {
  const busy: Bounds = { appends: [1, 2], crashes: 1, failovers: 1, expiries: 1 };
  for (const fault of [{ numbers: 'sequence' }, { position: 'number' }, { looks: false }] as const) {
    assert.ok(explore(modelOf({ ...ours, ...fault }, busy)).counterexample !== undefined, JSON.stringify(fault));
  }
});
