import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPrincipal } from '../../../test/fixtures/a-principal.ts';
import { PostgresServer } from '../../../test/store/a-postgres-server.ts';
import { aPostgresStore } from '../../../test/store/a-postgres-store.ts';
import { TcpLink } from '../../../test/store/a-tcp-link.ts';
import { until } from '../../../test/store/until.ts';
import { systemClock } from '../../base/clock.ts';
import { createRevocations, type NewRevocation, revocationLogReplaced } from '../../revocation/index.ts';
import { openPostgresStore } from './index.ts';

const principal = aPrincipal();

function entries(...subjects: readonly string[]): NewRevocation[] {
  const expiresAt = systemClock() + 3_600_000;
  return subjects.map((value) => ({ issuer: principal.issuer, kind: 'subject', value, expiresAt, actor: 'test' }));
}

test('After a failover that lost entries, who follows reads the history that counts, not on from its number.', async (t) => {
  const replaced: number[] = [];
  t.after(revocationLogReplaced.listen(({ position }) => replaced.push(position.seq)));
  const primary = await PostgresServer.start();
  t.after(() => primary.close());
  const { url, close } = await aPostgresStore(primary);
  await close();
  await primary.stop();
  const standby = await primary.standby();
  t.after(() => standby.close());
  await primary.start();
  await standby.start();

  const link = await TcpLink.to(primary.port);
  t.after(() => link.close());
  const provider = await openPostgresStore({ url, clock: systemClock });
  const gateway = await openPostgresStore({ url: link.reach(url), clock: systemClock });
  t.after(() => Promise.all([provider.close(), gateway.close()]));
  const { index, follower } = createRevocations({ log: gateway.revocationLog, clock: systemClock, pollMs: 100 });
  t.after(() => follower.stop());
  await follower.start();
  const isRevoked = (subject: string): boolean => index.match({ ...principal, subject }) !== undefined;

  await provider.revocationLog.append(entries('kept 1', 'kept 2'));
  await until(async () => (await standby.query('SELECT FROM gatehouse.revocations', nameOf(url))).length === 2);
  await standby.stop();
  await provider.revocationLog.append(entries('lost 3', 'lost 4'));
  await until(() => isRevoked('lost 4'));
  await primary.kill();

  await standby.start();
  await standby.query('SELECT pg_promote()');
  const successor = await openPostgresStore({ url: standby.url(nameOf(url)), clock: systemClock });
  t.after(() => successor.close());
  assert.equal((await successor.revocationLog.append(entries('new 3', 'new 4'))).at(-1)?.seq, follower.applied.seq);
  link.leadTo(standby.port);
  await successor.revocationLog.append(entries('new 5'));

  await until(() => isRevoked('new 5'));
  for (const subject of ['kept 1', 'kept 2', 'new 3', 'new 4']) assert.ok(isRevoked(subject), subject);
  for (const subject of ['lost 3', 'lost 4']) assert.ok(!isRevoked(subject), subject);
  assert.deepEqual([index.size, index.lastSeq], [5, 5]);
  assert.deepEqual(replaced, [4]);
});

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
