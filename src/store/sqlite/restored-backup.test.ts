import assert from 'node:assert/strict';
import { copyFileSync, renameSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { aPrincipal } from '../../../test/fixtures/a-principal.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';
import { until } from '../../../test/store/until.ts';
import { systemClock } from '../../base/clock.ts';
import { StoreUnavailable } from '../../base/store-unavailable.ts';
import { createRevocations, type NewRevocation, startOfLog } from '../../revocation/index.ts';

const principal = aPrincipal();

function entries(...subjects: readonly string[]): NewRevocation[] {
  const expiresAt = systemClock() + 3_600_000;
  return subjects.map((value) => ({ issuer: principal.issuer, kind: 'subject', value, expiresAt, actor: 'test' }));
}

/** Writes what one database has into the other, as `.backup` and `.restore` of the sqlite3 shell do. */
async function copyInto(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from);
  await backup(source, to);
  source.close();
}

test('Where a backup was restored into the open file, who follows reads the history that counts.', async (t) => {
  const { path, store, another, close } = aSqliteStore();
  const provider = another();
  const { index, follower } = createRevocations({ log: store.revocationLog, clock: systemClock });
  t.after(() => {
    follower.stop();
    return close();
  });
  await follower.start();
  const isRevoked = (subject: string): boolean => index.match({ ...principal, subject }) !== undefined;
  await provider.revocationLog.append(entries('kept'));
  await copyInto(path, `${path}.backup`);
  await provider.revocationLog.append(entries('undone 2', 'undone 3'));
  await until(() => isRevoked('undone 3'));
  await copyInto(`${path}.backup`, path);
  await until(() => index.lastSeq === 1);
  await provider.revocationLog.append(entries('new 2', 'new 3'));
  await until(() => isRevoked('new 3'));
  assert.ok(isRevoked('kept') && isRevoked('new 2') && !isRevoked('undone 2'));
  assert.equal(index.size, 3);
});

test('Where another file was moved to its place, nothing is acknowledged and nothing said to be unknown.', async (t) => {
  const { path, store, close } = aSqliteStore();
  t.after(close);
  await store.revocationLog.append(entries('one'));
  copyFileSync(path, `${path}.backup`);
  renameSync(`${path}.backup`, path);
  const calls: readonly (() => unknown)[] = [
    () => store.revocationLog.append(entries('two')),
    () => store.revocationLog.readAfter(startOfLog, 9),
    () => store.tokenStore.find('x'),
    () => store.clients.list(),
  ];
  for (const call of calls) {
    await assert.rejects(
      async () => call(),
      (error) => error instanceof StoreUnavailable && error.message.includes('start Gatehouse again'),
    );
  }
});
