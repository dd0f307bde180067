import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PostgresServer } from '../../../test/store/a-postgres-server.ts';
import { aPostgresStore } from '../../../test/store/a-postgres-store.ts';
import { Appender } from '../../../test/store/appenders.ts';
import { until } from '../../../test/store/until.ts';
import { systemClock } from '../../base/clock.ts';
import { createRevocations, startOfLog } from '../../revocation/index.ts';

let server: PostgresServer;
before(async () => {
  // As a DBA may have set it, for speed.
  server = await PostgresServer.start({ fsync: true, settings: { synchronous_commit: 'off' } });
});
after(() => server.close());

test('What was acknowledged is there after kill -9 of the server, at any moment, and all processes go on.', async (t) => {
  const engine = await aPostgresStore(server);
  const { revocationLog: log, audit } = engine.store;
  const revocations = createRevocations({ log, clock: systemClock, pollMs: 50 });
  const appender = new Appender(engine.url);
  t.after(async () => {
    revocations.follower.stop();
    await appender.kill();
    await engine.close();
  });
  await revocations.follower.start();
  for (const more of [20, 100]) {
    const enough = appender.acknowledged.length + more;
    await until(() => appender.acknowledged.length >= enough, 'going on');
    await server.kill();
    const acknowledged = [...appender.acknowledged];
    await server.start();
    await until(
      () =>
        revocations.follower.catchUp().then(
          () => true,
          () => false,
        ),
      'catching up',
    );
    const entries = (await log.readAfter(startOfLog, 1_000_000))?.entries ?? [];
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      entries.map((_, index) => index + 1),
    );
    assert.ok(entries.length >= acknowledged.length);
    assert.ok(revocations.index.lastSeq >= Math.max(...acknowledged));
    const audited = new Set((await audit.list({ limit: 1_000_000 })).map(({ target }) => Number(target)));
    for (const seq of acknowledged) assert.ok(seq <= entries.length && audited.has(seq), `${seq}`);
  }
});
