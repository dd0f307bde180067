import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayReport, GatewayRoster } from '../../src/revocation/index.ts';
import { until } from '../store/until.ts';

/** A roster on its real engine, empty when opened. */
export interface GatewayRosterUnderTest {
  readonly roster: GatewayRoster;
  /** The same roster, as another process would open it. */
  another(): Promise<GatewayRoster>;
  close(): Promise<void>;
}

const gateway: GatewayReport = {
  id: 'a51c7e2e-62a6-4a0c-a43d-0d1cbbd4b7a6',
  name: 'edge-1',
  startedAt: 1_790_000_000_000,
  applied: { seq: 41, mark: 'sOmE-mark_001' },
  leaseMs: 5000.5,
};
const named = (name: string): GatewayReport => ({ ...gateway, id: `id-of-${name}`, name });
const names = async (roster: GatewayRoster): Promise<string[]> =>
  (await roster.list()).gateways.map(({ name }) => name);

/** What every GatewayRoster does, whichever engine it stands on. */
export function gatewayRosterContract(name: string, open: () => Promise<GatewayRosterUnderTest>): void {
  describe(name, () => {
    let subject: GatewayRosterUnderTest;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.close());

    test('has nobody at first', async () => {
      assert.deepEqual((await subject.roster.list()).gateways, []);
    });

    test('gives back what a gateway said of itself, to this process and to others', async () => {
      await subject.roster.report(gateway);
      for (const roster of [subject.roster, await subject.another()]) {
        const [{ silentMs, ...said } = { silentMs: -1 }] = (await roster.list()).gateways;
        assert.deepEqual(said, gateway);
        assert.ok(silentMs >= 0 && silentMs < 5000, `${silentMs}`);
      }
    });

    test('knows the last that each gateway said, and lists them by name', async () => {
      const other = await subject.another();
      await subject.roster.report(named('b'));
      await other.report(named('a'));
      await other.report({ ...named('b'), applied: { seq: 42, mark: 'another' } });
      const { gateways } = await subject.roster.list();
      assert.deepEqual(
        gateways.map((each) => [each.name, each.applied]),
        [
          ['a', gateway.applied],
          ['b', { seq: 42, mark: 'another' }],
        ],
      );
    });

    test('tells two processes of one name apart', async () => {
      await subject.roster.report(gateway);
      await subject.roster.report({ ...gateway, id: 'another' });
      assert.deepEqual(await names(subject.roster), ['edge-1', 'edge-1']);
    });

    test('says for how long each was silent; a report ends that', async () => {
      await subject.roster.report(named('a'));
      await subject.roster.report(named('b'));
      await delay(60);
      await subject.roster.report(named('b'));
      const { gateways } = await subject.roster.list();
      const [a = Number.NaN, b = Number.NaN] = gateways.map(({ silentMs }) => silentMs);
      assert.ok(a >= 50 && a < 5000, `${a}`);
      assert.ok(a - b >= 50, `${a} ${b}`);
    });

    test('says for how long it was kept', async () => {
      await subject.roster.report(gateway);
      const { keptForMs } = await subject.roster.list();
      await delay(60);
      const later = await subject.roster.list();
      assert.ok(keptForMs >= 0 && later.keptForMs - keptForMs >= 50, `${keptForMs} ${later.keptForMs}`);
    });

    test('is begun by whoever asks first, where no gateway ever said anything', async () => {
      await subject.roster.list();
      await delay(20);
      assert.ok((await subject.roster.list()).keptForMs >= 10);
    });

    test('loses a gateway that withdraws, and no other', async () => {
      await subject.roster.report(named('a'));
      await subject.roster.report(named('b'));
      await (await subject.another()).withdraw(named('a').id);
      await subject.roster.withdraw('nobody');
      assert.deepEqual(await names(subject.roster), ['b']);
    });

    test('forgets those that were silent for long', async () => {
      await subject.roster.report(named('a'));
      await delay(60);
      await subject.roster.report(named('b'));
      assert.equal(await subject.roster.forget(60_000), 0);
      const [a, b] = (await subject.roster.list()).gateways;
      await subject.roster.report(named('b'));
      assert.equal(await subject.roster.forget(((a?.silentMs ?? 0) + (b?.silentMs ?? 0)) / 2), 1);
      assert.deepEqual(await names(subject.roster), ['b']);
    });

    test('wakes those who wait, in this process and in others, when a gateway has come further', async () => {
      const woken = [0, 0];
      const rosters = [subject.roster, await subject.another()];
      const stops = rosters.map((roster, index) => roster.subscribe?.(() => woken[index]!++));
      await subject.roster.report(gateway);
      await until(() => woken.every((times) => times > 0), 'a first wake-up');
      await delay(30);
      woken.fill(0);
      await subject.roster.report({ ...gateway, applied: { seq: 42, mark: 'another' } });
      await until(() => woken.every((times) => times > 0), 'a wake-up by news');
      for (const stop of stops) stop?.();
    });

    test('takes reports of many at once', async () => {
      const other = await subject.another();
      const all = Array.from({ length: 40 }, (_, n) => named(`gateway-${n}`));
      for (let round = 0; round < 3; round++) {
        await Promise.all(all.map((each, n) => [subject.roster, other][n % 2]?.report(each)));
      }
      assert.equal((await names(subject.roster)).length, 40);
    });
  });
}
