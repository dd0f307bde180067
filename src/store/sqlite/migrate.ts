import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from '../store-unusable.ts';

/** "Gate" in ASCII; migrations/0001-revocations.sql sets it. */
const applicationId = 0x47617465;

const folder = new URL('./migrations/', import.meta.url);

/** Brings the tables to the newest version, all in one transaction: the first process does it, others wait for it. */
export function migrate(database: DatabaseSync, path: string): void {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  if (versionOf(database, path, migrations.length) === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(versionOf(database, path, migrations.length))) {
      database.exec(readFileSync(new URL(migration, folder), 'utf8'));
    }
    database.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** How many migrations the file has seen. */
function versionOf(database: DatabaseSync, path: string, newest: number): number {
  const version = numberOf(database, 'PRAGMA user_version');
  const isEmpty = numberOf(database, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (numberOf(database, 'PRAGMA application_id') !== applicationId && !isEmpty) {
    throw new StoreUnusable(path, 'is the database of another program.', 'Name another path in `store`.');
  }
  if (version > newest) {
    const reason = `was written by a newer Gatehouse (schema ${version}; this one knows ${newest}).`;
    throw new StoreUnusable(path, reason, 'Run that version or a later one.');
  }
  return version;
}

function numberOf(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}
