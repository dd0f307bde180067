import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults } from './faults.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { Trial, type Verdict } from './trial.ts';

/** Three gateways and a provider on one PostgreSQL, whose clocks are up to 50 seconds apart. */
let fleet: Fleet;
/** So gently that a slow machine can keep up. */
const pace = { concurrency: 6, load: 1, pauseMs: 50 };
/** What was revoked in one trial is asked about in all that follow. */
let trial: Trial | undefined;

/** Six processes start, and some again: on a machine that others keep busy, that takes its time. */
const patience = { timeout: 300_000 };

before(async () => {
  fleet = await startFleet({ maxStaleness: 1000, clocks: [-25_000, -25_000, 0, 25_000], linked: true });
}, patience);
after(() => fleet?.close());

function assertProven({ tally, complete }: Verdict): void {
  assert.equal(tally.letIn, 0, 'let in after a receipt');
  assert.deepEqual([...tally.wrong], []);
  assert.ok(complete > 0 && tally.refused > 0 && tally.served > 0, JSON.stringify({ ...tally, complete }));
}

test('After a receipt, no gateway lets the token in, and nothing else is refused.', patience, async (t) => {
  trial = new Trial(fleet, { revocations: 100, ...pace });
  const verdict = await trial.run();
  assertProven(verdict);
  assert.deepEqual([verdict.incomplete, verdict.tally.unanswered], [0, 0]);
  t.diagnostic(JSON.stringify(verdict.tally));
});

for (const [name, fault] of Object.entries(faults)) {
  test(`So it is when ${name}.`, patience, async (t) => {
    trial = new Trial(fleet, { revocations: 15, ...pace }, trial);
    const verdict = await trial.run(fault);
    assertProven(verdict);
    t.diagnostic(JSON.stringify(verdict.tally));
  });
}
