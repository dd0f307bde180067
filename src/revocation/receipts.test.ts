import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import { aSqliteStore, type TemporarySqliteStore } from '../../test/fixtures/a-sqlite-store.ts';
import { until } from '../../test/store/until.ts';
import { StoreUnavailable } from '../base/store-unavailable.ts';
import { receiptGiven } from './channels.ts';
import { createRevocations, type Revocations, type RevocationsOptions } from './create-revocations.ts';
import type { GatewayReport } from './gateway-roster.ts';
import { Receipts } from './receipts.ts';
import type { NewRevocation } from './revocation.ts';

const principal = aPrincipal();
const now = 1_790_000_100_000;
let engine: TemporarySqliteStore;
let running: Revocations[];

beforeEach(() => {
  engine = aSqliteStore(() => now);
  running = [];
});
afterEach(async () => {
  for (const revocations of running) await revocations.stop();
  await engine.close();
});

/** A process over the same store; one with a name is a gateway. */
async function aProcess(gatewayName?: string, options: Partial<RevocationsOptions> = {}): Promise<Revocations> {
  const { revocationLog: log, gatewayRoster: roster } = engine.another();
  const revocations = createRevocations({ log, roster, gatewayName, clock: () => now, ...options });
  running.push(revocations);
  await revocations.start();
  return revocations;
}

const entry = (value = principal.subject ?? ''): NewRevocation => ({
  issuer: principal.issuer,
  kind: 'subject',
  value,
  expiresAt: now + 3_600_000,
  actor: 'test',
});

/** A gateway that only says that it is there. */
function idle(name: string, report: Partial<GatewayReport> = {}): GatewayReport {
  return { id: `id-of-${name}`, name, startedAt: now, applied: { seq: 0, mark: '' }, leaseMs: 60_000, ...report };
}

const states = (gateways: readonly { readonly name: string; readonly state: string }[]): Record<string, string> =>
  Object.fromEntries(gateways.map(({ name, state }) => [name, state]));

test('It is complete when every gateway has applied the entry, and says after how long each had.', async () => {
  const gateways = [await aProcess('a'), await aProcess('b'), await aProcess('c')];
  const operator = await aProcess();
  const announced: unknown[] = [];
  const stop = receiptGiven.listen((receipt) => announced.push(receipt));
  const { entries, receipt } = await operator.revokeEverywhere([entry('another'), entry()], 5000);
  stop();
  for (const { index } of gateways) assert.equal(index.match(principal)?.seq, entries[1]?.seq);
  assert.deepEqual([receipt.seq, receipt.complete], [entries[1]?.seq, true]);
  assert.deepEqual(states(receipt.gateways), { a: 'applied', b: 'applied', c: 'applied' });
  for (const { afterMs = Number.NaN } of receipt.gateways) assert.ok(afterMs >= 0 && afterMs <= receipt.waitedMs);
  assert.deepEqual(announced, [receipt]);
});

test('Of many at once, none is complete before every gateway has applied it.', async () => {
  const gateways = [await aProcess('a'), await aProcess('b')];
  const operator = await aProcess();
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      const subject = `subject-${n}`;
      const { receipt } = await operator.revokeEverywhere([entry(subject)], 10_000);
      assert.equal(receipt.complete, true);
      for (const { index } of gateways) assert.ok(index.match({ ...principal, subject }));
    }),
  );
});

test('A gateway that is there and has not applied the entry is pending when the time is up.', async () => {
  const operator = await aProcess('a');
  await engine.store.gatewayRoster.report(idle('slow'));
  const { receipt } = await operator.revokeEverywhere([entry()], 100);
  assert.equal(receipt.complete, false);
  assert.ok(receipt.waitedMs >= 100 && receipt.waitedMs < 2000);
  assert.deepEqual(states(receipt.gateways), { a: 'applied', slow: 'pending' });
  assert.equal(receipt.gateways.find(({ name }) => name === 'slow')?.afterMs, undefined);
});

test('Nobody waits for a gateway that was silent for its lease, nor for one that withdraws meanwhile.', async () => {
  const operator = await aProcess('a');
  const { gatewayRoster } = engine.store;
  await gatewayRoster.report(idle('silent', { leaseMs: 150 }));
  await gatewayRoster.report(idle('leaving'));
  const leaving = delay(50).then(() => gatewayRoster.withdraw('id-of-leaving'));
  const { receipt } = await operator.revokeEverywhere([entry()], 10_000);
  await leaving;
  assert.equal(receipt.complete, true);
  assert.deepEqual(states(receipt.gateways), { a: 'applied', silent: 'silent' });
  assert.ok((receipt.gateways.find(({ name }) => name === 'silent')?.silentMs ?? 0) >= 150);
});

test('What a gateway has of another history counts for nothing, however great its number.', async () => {
  const operator = await aProcess();
  await engine.store.gatewayRoster.report(idle('elsewhere', { applied: { seq: 1_000_000, mark: 'another' } }));
  const { receipt } = await operator.revokeEverywhere([entry()], 60);
  assert.deepEqual([receipt.complete, states(receipt.gateways)], [false, { elsewhere: 'pending' }]);
});

test('While reports may have been lost, there may be gateways that nobody knows of.', async () => {
  const { revocationLog: log, gatewayRoster } = engine.store;
  const emptiedAt = performance.now();
  const list = async () => ({ ...(await gatewayRoster.list()), keptForMs: performance.now() - emptiedAt });
  const receipts = new Receipts({ roster: { ...gatewayRoster, list }, log, leaseMs: 150 });
  const [revoked] = await log.append([entry()]);
  const seq = revoked?.seq ?? 0;
  assert.equal((await receipts.await(seq, performance.now(), 20)).complete, false);
  const { complete, gateways } = await receipts.await(seq, performance.now(), 5000);
  assert.deepEqual([complete, gateways], [true, []]);
  assert.ok(performance.now() - emptiedAt >= 150);
});

test('While the roster cannot be asked, nothing is known, and it goes on when it can be asked again.', async () => {
  await aProcess('a');
  const { revocationLog: log, gatewayRoster } = engine.store;
  let isCut = true;
  const list = () => (isCut ? Promise.reject(new StoreUnavailable('cut off')) : gatewayRoster.list());
  const receipts = new Receipts({ roster: { ...gatewayRoster, list }, log, leaseMs: 1000 });
  const [revoked] = await log.append([entry()]);
  const seq = revoked?.seq ?? 0;
  const cutOff = await receipts.await(seq, performance.now(), 50);
  assert.deepEqual([cutOff.complete, cutOff.gateways], [false, []]);
  isCut = false;
  assert.equal((await receipts.await(seq, performance.now(), 5000)).complete, true);
});

test('A gateway that was stopped for longer than its lease decides nothing until it has caught up.', async () => {
  let elapsed = 0;
  const gateway = await aProcess('a', { monotonic: () => elapsed, pollMs: 60_000 });
  assert.equal(gateway.isStale(), false);
  elapsed += 5000;
  assert.equal(gateway.isStale(), true);
  // The first that it does is to say that it is there: that alone gives it no right to decide.
  await until(() => !gateway.isStale(), 'being level again');
  assert.equal(gateway.follower.confirmedAt, 5000);
});

test('A gateway that starts is on the roster before it reads the log, so that nothing falls between.', async () => {
  const { revocationLog, gatewayRoster: roster } = engine.another();
  let listed: number | undefined;
  const readAfter: typeof revocationLog.readAfter = async (...args) => {
    listed ??= (await engine.store.gatewayRoster.list()).gateways.length;
    return revocationLog.readAfter(...args);
  };
  await aProcess('a', { log: { ...revocationLog, readAfter }, roster });
  assert.equal(listed, 1);
});
