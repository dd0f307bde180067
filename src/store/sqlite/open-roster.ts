import { closeSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseFile } from './database-file.ts';
import { explainOpenFailure } from './explain-open-failure.ts';
import type { Connections } from './open-database.ts';
import { SqlConnection } from './sql-connection.ts';
import { sqliteCodeOf, sqliteCodes } from './sqlite-error.ts';

/** Milliseconds to wait for a lock while opening. */
const openTimeout = 10_000;

const tables = `
  CREATE TABLE IF NOT EXISTS gateways (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    started_at   INTEGER NOT NULL, -- milliseconds since 1970
    applied_seq  INTEGER NOT NULL,
    applied_mark TEXT NOT NULL,
    lease_ms     REAL NOT NULL,
    reported_at  REAL NOT NULL     -- milliseconds since the machine started, as is kept_since
  ) STRICT;
  CREATE TABLE IF NOT EXISTS gateway_roster (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    kept_since REAL NOT NULL
  ) STRICT;`;

/**
 * Opens the file of the roster. It may be lost: one that is damaged, as after a power cut, begins anew.
 *
 * @throws StoreUnusable with the reason and the remedy
 */
export function openRoster(path: string): Connections {
  try {
    return open(path);
  } catch (error) {
    if (!damaged.has(sqliteCodeOf(error))) throw explainOpenFailure(path, error);
  }
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  return open(path);
}

const damaged: ReadonlySet<number | undefined> = new Set([sqliteCodes.corrupt, sqliteCodes.notADatabase]);

function open(path: string): Connections {
  const opened: DatabaseSync[] = [];
  try {
    closeSync(openSync(path, 'a', 0o600)); // SQLite gives its other files the mode of this one.
    const writer = connect(path, opened);
    writer.exec(tables);
    writer.exec('PRAGMA busy_timeout = 0'); // The write queue waits for locks without blocking.
    const reader = connect(path, opened);
    return { reader: new SqlConnection(reader), writer: new SqlConnection(writer), file: new DatabaseFile(path) };
  } catch (error) {
    for (const database of opened) database.close();
    throw error;
  }
}

function connect(path: string, opened: DatabaseSync[]): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: openTimeout });
  opened.push(database);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = OFF'); // Reports need not reach the disk.
  return database;
}
