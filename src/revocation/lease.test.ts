import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Lease } from './lease.ts';

const leaseMs = 10;
const horizon = 60;

test('It holds from the first acknowledged report on, once the log was read after it, and runs out by itself.', () => {
  const lease = new Lease(leaseMs);
  assert.equal(lease.holds(5, 5), false);
  assert.equal(lease.renew(6, 8), true);
  assert.equal(lease.holds(7, 9), false);
  assert.equal(lease.holds(8, 9), true);
  assert.equal(lease.holds(8, 15), true);
  assert.equal(lease.holds(15, 16), false);
});

test('A report that is acknowledged in time renews it; after one that is late, the log must be read anew.', () => {
  const lease = new Lease(leaseMs);
  lease.renew(0, 1);
  assert.equal(lease.renew(8, 9), false);
  assert.equal(lease.holds(2, 17), true);
  assert.equal(lease.renew(12, 18), true);
  assert.equal(lease.holds(17, 19), false);
  assert.equal(lease.holds(18, 19), true);
});

/** An act that takes time: begun, seen by others, known to be done. An act that is lost is never known to be done. */
interface Act {
  readonly begun: number;
  readonly stamped: number;
  readonly visible: number;
  readonly known: number | undefined;
}

const act = fc.tuple(
  fc.nat(4), // since the act before
  fc.oneof(fc.nat(3), fc.nat(25)),
  fc.nat(3),
  fc.nat(3),
  fc.integer({ min: 0, max: 9 }),
);

/** One after the other; after one that is lost, the next begins all the same. */
function inTurn(steps: readonly (readonly [number, number, number, number, number])[]): readonly Act[] {
  let free = 0;
  return steps.map(([pause, toStamp, toVisible, toKnown, luck]) => {
    const begun = free + pause;
    const stamped = begun + toStamp;
    const visible = stamped + toVisible;
    free = luck === 0 ? begun + 3 : visible + toKnown;
    return { begun, stamped, visible, known: luck === 0 ? undefined : visible + toKnown };
  });
}

/** When, at each time, the end of the log was last looked up, and whether the gateway decides by its index. */
function gateway(reports: readonly Act[], reads: readonly Act[]) {
  const lease = new Lease(leaseMs);
  let confirmedAt = Number.NEGATIVE_INFINITY;
  return Array.from({ length: horizon }, (_, now) => {
    for (const read of reads) if (read.known === now) confirmedAt = read.begun;
    for (const report of reports) if (report.known === now) lease.renew(report.begun, now);
    return { confirmedAt, decides: lease.holds(confirmedAt, now) && now - confirmedAt < leaseMs };
  });
}

/** Whether the roster, asked at that time, has heard nothing of the gateway for its whole lease. */
function isSilent(reports: readonly Act[], at: number): boolean {
  const stamps = reports.filter(({ visible }) => visible <= at).map(({ stamped }) => stamped);
  return at - Math.max(Number.NEGATIVE_INFINITY, ...stamps) >= leaseMs;
}

test('A gateway that the roster calls silent decides by no index older than the question, now and later.', () => {
  const acts = fc.array(act, { maxLength: 12 }).map(inTurn);
  fc.assert(
    fc.property(acts, acts, (reports, reads) => {
      const states = gateway(reports, reads);
      for (let asked = 1; asked < horizon; asked++) {
        if (!isSilent(reports, asked)) continue;
        const old = states.slice(asked).find(({ decides, confirmedAt }) => decides && confirmedAt < asked);
        assert.equal(old, undefined, `asked at ${asked}`);
      }
    }),
    { numRuns: 5000 },
  );
});
