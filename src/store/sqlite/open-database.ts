import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from '../store-unusable.ts';
import { DatabaseFile } from './database-file.ts';
import { explainOpenFailure } from './explain-open-failure.ts';
import { migrate } from './migrate.ts';
import { SqlConnection } from './sql-connection.ts';

/** Milliseconds to wait for a lock while opening, when there are no requests yet that would wait too. */
const openTimeout = 10_000;

/**
 * Two connections: what reads on one never sees what is not committed yet on the other, and neither waits for it.
 */
export interface Connections {
  readonly reader: SqlConnection;
  readonly writer: SqlConnection;
  readonly file: DatabaseFile;
}

/**
 * Opens the database, made and migrated where needed. Only the owner may read a file that is made here.
 *
 * @throws StoreUnusable with the reason and the remedy
 */
export function openDatabase(path: string): Connections {
  const opened: DatabaseSync[] = [];
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600)); // SQLite gives its other files the mode of this one.
    const writer = connect(path, opened);
    migrate(writer, path);
    writer.exec('PRAGMA busy_timeout = 0'); // The write queue waits for locks without blocking.
    const reader = connect(path, opened);
    reader.exec('PRAGMA query_only = ON');
    return { reader: new SqlConnection(reader), writer: new SqlConnection(writer), file: new DatabaseFile(path) };
  } catch (error) {
    for (const database of opened) database.close();
    throw explainOpenFailure(path, error);
  }
}

function connect(path: string, opened: DatabaseSync[]): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: openTimeout, enableForeignKeyConstraints: true });
  opened.push(database);
  const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
  if (mode !== 'wal') {
    throw new StoreUnusable(path, 'is on a file system without shared memory.', 'Name a path on a local disk.');
  }
  database.exec('PRAGMA synchronous = FULL'); // An acknowledged write outlives a power cut.
  return database;
}
