import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { systemClock } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { bootstrapClientId } from '../protocol/admin-access.ts';
import { openSqliteStore, type SqliteStore } from '../store/sqlite/index.ts';
import { bootstrapAdmin } from './bootstrap-admin.ts';

let folder: string;
let store: SqliteStore;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  store = openSqliteStore(join(folder, 'gatehouse.db'), { clock: systemClock });
  file = join(folder, 'gatehouse-admin.secret');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const bootstrap = ({ given, isShared = false }: { given?: string; isShared?: boolean } = {}) =>
  bootstrapAdmin(store.clients, { given, file, isShared }, systemClock);
const written = () => readFileSync(file, 'utf8').trim();
const storedHash = async () => (await store.clients.find(bootstrapClientId))?.secretHash;

test('the first start makes the client and writes its secret for the owner alone', async () => {
  await bootstrap();
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(await storedHash(), sha256Hex(written()));
});

test('a later start changes nothing', async () => {
  await bootstrap();
  const secret = written();
  await bootstrap();
  assert.equal(written(), secret);
  assert.equal(await storedHash(), sha256Hex(secret));
});

test('a secret that was lost is replaced', async () => {
  await bootstrap();
  const lost = written();
  rmSync(file);
  await bootstrap();
  assert.notEqual(written(), lost);
  assert.equal(await storedHash(), sha256Hex(written()));
});

test('a secret that was changed through the admin API is not undone by the file', async () => {
  await bootstrap();
  const client = await store.clients.find(bootstrapClientId);
  assert.ok(client);
  await store.clients.replace({ ...client, secretHash: sha256Hex('changed') });
  await bootstrap();
  assert.equal(await storedHash(), sha256Hex('changed'));
});

test('a secret that was written before a crash is used', async () => {
  await bootstrap();
  const secret = written();
  await store.clients.remove(bootstrapClientId);
  await bootstrap();
  assert.equal(written(), secret);
  assert.equal(await storedHash(), sha256Hex(secret));
});

test('a file with something else is refused with the remedy and left alone', async () => {
  writeFileSync(file, 'my notes');
  await assert.rejects(bootstrap(), /gatehouse-admin\.secret holds no secret of ours\. Remedy: delete it/);
  assert.equal(written(), 'my notes');
});

test('a secret that is configured is the one, from each start on, and there is no file', async () => {
  await bootstrap({ given: 'first' });
  assert.equal(await storedHash(), sha256Hex('first'));
  await bootstrap({ given: 'second' });
  assert.equal(await storedHash(), sha256Hex('second'));
  assert.equal(existsSync(file), false);
});

test('a machine that has no file takes nothing away from the one that has it', async () => {
  await bootstrap({ isShared: true });
  const secret = written();
  rmSync(file);
  await bootstrap({ isShared: true });
  assert.equal(await storedHash(), sha256Hex(secret));
  assert.equal(existsSync(file), false);
});

test('of two machines that start at once, the one that came too late keeps no secret of nobody', async () => {
  const late = { ...store.clients, find: async () => undefined, add: async () => false };
  await bootstrapAdmin(late, { given: undefined, file, isShared: true }, systemClock);
  assert.equal(existsSync(file), false);
});
