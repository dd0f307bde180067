import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { systemClock } from '../../base/clock.ts';
import { openSqliteStore, StoreUnusable } from './index.ts';
import { openDatabase } from './open-database.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-'));
});
afterEach(() => {
  chmodSync(directory, 0o700);
  rmSync(directory, { recursive: true });
});

const open = (path: string) => openSqliteStore(path, { clock: systemClock });
const modeOf = (path: string): number => statSync(path).mode & 0o777;

function unusable(path: string): StoreUnusable {
  try {
    open(path);
  } catch (error) {
    assert.ok(error instanceof StoreUnusable, String(error));
    assert.equal(error.path, path);
    assert.ok(error.message.includes(path) && !error.message.includes('\n'));
    return error;
  }
  return assert.fail('it was opened');
}

/** Makes a database by other means than ours. */
function database(path: string, sql: string): string {
  const foreign = new DatabaseSync(path);
  foreign.exec(sql);
  foreign.close();
  return path;
}

test('The file and its directories are made for the owner alone.', async () => {
  const path = join(directory, 'a', 'b', 'gatehouse.db');
  const store = open(path);
  await store.secrets.readOrCreate('name', 'value');
  for (const file of [path, `${path}-wal`, `${path}-shm`]) assert.equal(modeOf(file), 0o600, file);
  for (const folder of ['a', 'a/b']) assert.equal(modeOf(join(directory, folder)), 0o700);
  await store.close();
});

test('A file that was opened before is opened again with all that is in it.', async () => {
  const path = join(directory, 'gatehouse.db');
  for (const secret of ['first', 'second', 'third']) {
    const store = open(path);
    assert.equal(await store.secrets.readOrCreate('name', secret), 'first');
    await store.close();
    await store.close();
  }
});

test('Writes are synced in full to a write-ahead log, and only one connection may write.', () => {
  const { reader, writer } = openDatabase(join(directory, 'gatehouse.db'));
  assert.equal(writer.pragma('journal_mode'), 'wal');
  assert.equal(writer.pragma('synchronous'), 2);
  assert.equal(writer.pragma('foreign_keys'), 1);
  assert.throws(() => reader.exec("INSERT INTO secrets VALUES ('a', 'b')"), /readonly/);
  reader.close();
  writer.close();
});

test('A file of another kind is refused and left alone.', () => {
  const path = join(directory, 'notes.txt');
  writeFileSync(path, 'my notes '.repeat(1000));
  assert.match(unusable(path).message, /another kind/);
  assert.equal(readFileSync(path, 'utf8'), 'my notes '.repeat(1000));
});

test('The database of another program is refused and left alone.', () => {
  const path = database(join(directory, 'theirs.db'), 'CREATE TABLE theirs (id INTEGER)');
  assert.match(unusable(path).message, /another program/);
  const tables = new DatabaseSync(path).prepare('SELECT name FROM sqlite_schema').all();
  assert.deepEqual(
    tables.map(({ name }) => name),
    ['theirs'],
  );
});

test('A database of a newer version is refused and left alone.', async () => {
  const path = join(directory, 'gatehouse.db');
  await open(path).close();
  database(path, 'PRAGMA user_version = 99');
  assert.match(unusable(path).message, /newer Gatehouse \(schema 99/);
});

test('A directory, or a path below a file, is refused.', () => {
  writeFileSync(join(directory, 'file'), '');
  mkdirSync(join(directory, 'folder'));
  unusable(join(directory, 'folder'));
  unusable(join(directory, 'file', 'gatehouse.db'));
});

test('Where the user may not write, it says so and what to do.', () => {
  const nobody = 65534;
  const isRoot = process.geteuid?.() === 0;
  chmodSync(directory, isRoot ? 0o700 : 0o500);
  if (isRoot) process.seteuid?.(nobody);
  try {
    const { reason, remedy } = unusable(join(directory, 'gatehouse.db'));
    assert.match(reason, /may not be read and written/);
    assert.match(remedy, /user that runs Gatehouse/);
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});
