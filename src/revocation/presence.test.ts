import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable } from '../base/store-unavailable.ts';
import { presenceUnreported } from './channels.ts';
import type { GatewayReport } from './gateway-roster.ts';
import { Presence } from './presence.ts';
import type { Revocation } from './revocation.ts';
import { RevocationIndex } from './revocation-index.ts';

const gateway = { id: 'a', name: 'edge-1', startedAt: 1_790_000_000_000, leaseMs: 60_000 };
let reports: GatewayReport[];
let withdrawn: string[];
let answer: () => Promise<void>;
let position: { seq: number; mark: string };
let index: RevocationIndex;
let presence: Presence;

beforeEach(() => {
  reports = [];
  withdrawn = [];
  answer = async () => undefined;
  position = { seq: 0, mark: '' };
  index = new RevocationIndex();
});
afterEach(() => presence.stop());

function be(leaseMs = gateway.leaseMs): Presence {
  presence = new Presence({
    roster: {
      report(report) {
        reports.push(report);
        return answer();
      },
      async withdraw(id) {
        withdrawn.push(id);
      },
    },
    gateway: { ...gateway, leaseMs },
    follower: {
      get applied() {
        return position;
      },
      confirmedAt: Number.POSITIVE_INFINITY,
    },
    index,
  });
  return presence;
}

/** As a follower does: the index changes first. */
function apply(seq: number): void {
  const entry: Revocation = { seq, at: 1, issuer: 'i', kind: 'jti', value: 'x', expiresAt: 9e15, actor: 'test' };
  index.apply([entry]);
  position = { seq, mark: `mark-${seq}` };
}

const seqs = (): number[] => reports.map(({ applied }) => applied.seq);

test('It is there when a report was acknowledged, and not before.', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  answer = () => promise;
  be();
  let isThere = false;
  const started = presence.start().then(() => {
    isThere = true;
  });
  await delay(5);
  assert.deepEqual([reports.length, isThere, presence.isHeard(performance.now())], [1, false, false]);
  resolve();
  await started;
  assert.equal(presence.isHeard(performance.now()), true);
  assert.deepEqual(reports, [{ ...gateway, applied: { seq: 0, mark: '' } }]);
});

test('It says soon, and once, what was applied at once.', async () => {
  await be().start();
  await delay(25);
  const before = performance.now();
  for (const seq of [1, 2, 3]) apply(seq);
  while (reports.length < 2) await delay(1);
  assert.ok(performance.now() - before < 500);
  await delay(10);
  assert.deepEqual(seqs(), [0, 3]);
});

test('Where much is applied, not every entry is told by itself, but the last one is.', async () => {
  await be().start();
  for (let seq = 1; seq <= 50; seq++) {
    apply(seq);
    await delay(1);
  }
  while (seqs().at(-1) !== 50) await delay(1);
  assert.ok(reports.length < 30, `${reports.length}`);
});

test('It repeats itself several times within its lease, one report at a time.', async () => {
  let underWay = 0;
  answer = async () => {
    assert.equal(++underWay, 1);
    await delay(15);
    underWay--;
  };
  await be(80).start();
  await delay(200);
  assert.ok(reports.length >= 4, `${reports.length}`);
});

test('It tries on and on to be heard, says that it is not, and is not heard when its lease has run out.', async () => {
  const failures: unknown[] = [];
  const stop = presenceUnreported.listen(({ error }) => failures.push(error));
  answer = () => Promise.reject(new StoreUnavailable('cut off'));
  be(80);
  const started = presence.start();
  await delay(100);
  assert.ok(failures.length >= 2);
  answer = async () => undefined;
  await started;
  assert.equal(presence.isHeard(performance.now()), true);
  answer = () => Promise.reject(new StoreUnavailable('cut off'));
  await delay(120);
  assert.equal(presence.isHeard(performance.now()), false);
  stop();
});

test('When it stops, it withdraws after the last report, and says no more.', async () => {
  const order: string[] = [];
  await be(80).start();
  answer = async () => {
    await delay(20);
    order.push('report');
  };
  await delay(30);
  await presence.stop();
  order.push('withdrawn');
  const count = order.length;
  await delay(60);
  assert.equal(order.length, count);
  assert.equal(order.at(-2), 'report');
  assert.deepEqual(withdrawn, ['a']);
});

test('One that was never there has nothing to withdraw.', async () => {
  await be().stop();
  assert.deepEqual([reports, withdrawn], [[], []]);
});
