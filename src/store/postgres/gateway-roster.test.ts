import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgresServer } from '../../../test/store/a-postgres-server.ts';
import { aPostgresStore } from '../../../test/store/a-postgres-store.ts';
import { until } from '../../../test/store/until.ts';
import { systemClock } from '../../base/clock.ts';
import type { GatewayReport } from '../../revocation/index.ts';

const gateway: GatewayReport = {
  id: 'a',
  name: 'edge-1',
  startedAt: 1_790_000_000_000,
  applied: { seq: 41, mark: 'mark' },
  leaseMs: 5000,
};

test('After a crash of the server, the roster says since when it is whole again.', async (t) => {
  const server = await PostgresServer.start();
  t.after(() => server.close());
  const { store, close } = await aPostgresStore(server, systemClock);
  t.after(close);
  const roster = store.gatewayRoster;
  await roster.report(gateway);
  assert.ok((await roster.list()).keptForMs > 1_790_000_000_000);

  await server.kill();
  await server.start();
  await until(
    () =>
      roster.list().then(
        () => true,
        () => false,
      ),
    'a restart',
  );
  await delay(50);
  const emptied = await roster.list();
  assert.deepEqual(emptied.gateways, []);
  assert.ok(emptied.keptForMs < 60_000, `${emptied.keptForMs}`);
  await until(
    () =>
      roster.report(gateway).then(
        () => true,
        () => false,
      ),
    'a report',
  );
  const { gateways, keptForMs } = await roster.list();
  assert.equal(gateways.length, 1);
  assert.ok(keptForMs >= 50 && keptForMs < 60_000, `${keptForMs}`);
});
