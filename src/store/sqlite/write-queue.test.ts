import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { StoreUnavailable } from '../../base/store-unavailable.ts';
import { build } from '../query-builder.ts';
import { type Connections, openDatabase } from './open-database.ts';
import type { SqlConnection } from './sql-connection.ts';
import { WriteQueue } from './write-queue.ts';

let directory: string;
let path: string;
let connections: Connections;
let queue: WriteQueue;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  path = join(directory, 'gatehouse.db');
  connections = openDatabase(path);
  queue = new WriteQueue(connections.writer, connections.file);
});
afterEach(() => {
  connections.reader.close();
  connections.writer.close();
  rmSync(directory, { recursive: true });
});

const insert = (name: string) => (sql: SqlConnection) => {
  sql.run(build.insertInto('secrets').values({ name, value: name }));
  return name;
};
const names = (): string[] =>
  connections.reader.all(build.selectFrom('secrets').select('name')).map(({ name }) => name);
const dataVersion = (): unknown => connections.reader.pragma('data_version');

test('Writes of one turn are durable in one commit, and acknowledged after it.', async () => {
  const before = Number(dataVersion());
  const acknowledged = await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      await queue.write(insert(name));
      assert.deepEqual(names(), ['a', 'b', 'c']);
      return name;
    }),
  );
  assert.deepEqual(acknowledged, ['a', 'b', 'c']);
  assert.equal(Number(dataVersion()), before + 1);
});

test('A write that fails is undone alone, all of it.', async () => {
  const halfway = (sql: SqlConnection) => {
    insert('half')(sql);
    throw new Error('changed its mind');
  };
  const outcomes = await Promise.allSettled([queue.write(insert('a')), queue.write(halfway), queue.write(insert('b'))]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(names(), ['a', 'b']);
});

test('A single statement that fails half-way is undone alone, all of it.', async () => {
  const insertAll = (...all: readonly string[]) =>
    queue.writeOne((sql) => sql.run(build.insertInto('secrets').values(all.map((name) => ({ name, value: name })))));
  const outcomes = await Promise.allSettled([insertAll('a'), insertAll('b', 'c', 'a'), insertAll('d')]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(names(), ['a', 'd']);
});

test('Nobody reads what is not committed yet.', async () => {
  await queue.write((sql) => {
    insert('a')(sql);
    assert.deepEqual(names(), []);
  });
  assert.deepEqual(names(), ['a']);
});

test('While another process holds the lock, the writes wait and the event loop does not.', async () => {
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const written = queue.write(insert('a'));
  const startedAt = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.ok(performance.now() - startedAt < 500);
  assert.deepEqual(names(), []);
  other.exec('COMMIT');
  await written;
  assert.deepEqual(names(), ['a']);
  other.close();
});

test('A commit that fails is acknowledged to nobody, and the next one works.', async () => {
  const breakForeignKey = (sql: SqlConnection) => {
    sql.exec('PRAGMA defer_foreign_keys = ON');
    sql.exec('INSERT INTO child VALUES (7)');
  };
  connections.writer.exec('CREATE TABLE parent (id INTEGER PRIMARY KEY)');
  connections.writer.exec('CREATE TABLE child (parent INTEGER REFERENCES parent (id))');
  const outcomes = await Promise.allSettled([queue.write(insert('a')), queue.write(breakForeignKey)]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(names(), []);
  await queue.write(insert('b'));
  assert.deepEqual(names(), ['b']);
});

test('A great many writes go through, in order.', async () => {
  const many = Array.from({ length: 1000 }, (_, n) => String(n).padStart(4, '0'));
  await Promise.all(many.map((name) => queue.write(insert(name))));
  assert.deepEqual(names(), many);
});

test('Closing finishes what waits and takes no more.', async () => {
  const waiting = queue.write(insert('a'));
  const closed = queue.close();
  await assert.rejects(queue.write(insert('b')), StoreUnavailable);
  await closed;
  assert.equal(await waiting, 'a');
  assert.deepEqual(names(), ['a']);
});
