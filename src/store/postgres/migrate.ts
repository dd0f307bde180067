import { readdirSync, readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { StoreUnusable } from '../store-unusable.ts';

/** "Gate" in ASCII: who migrates holds this lock. */
const lock = 0x47617465;

const folder = new URL('./migrations/', import.meta.url);

/** A large table takes its time. Not every version of the server knows all of these. */
const unhurried = `SELECT set_config(name, '10min', true) FROM pg_settings
  WHERE name IN ('lock_timeout', 'statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')`;

/**
 * Brings the tables to the newest version, all in one transaction: the first process does it, others wait for it. What
 * is up to date is only read, by a role that need not be allowed more.
 */
export async function migrate(client: Client, label: string): Promise<void> {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  if ((await versionOf(client, label, migrations.length)) === migrations.length) return;
  await client.query('BEGIN');
  try {
    await client.query(unhurried);
    await client.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    const version = await versionOf(client, label, migrations.length);
    if (version === undefined) await client.query(await newSchema(client));
    for (const migration of migrations.slice(version)) {
      await client.query(readFileSync(new URL(migration, folder), 'utf8'));
      await client.query('INSERT INTO migrations (name) VALUES ($1)', [migration]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** How many migrations the schema has seen; undefined where there is none of ours yet. */
async function versionOf(client: Client, label: string, newest: number): Promise<number | undefined> {
  const state = await stateOf(client);
  if (state.is_ours) {
    const { rows } = await client.query<{ version: number }>(
      'SELECT count(*)::integer AS version FROM gatehouse.migrations',
    );
    return supported(rows[0]?.version ?? 0, label, newest);
  }
  if (state.has_tables) {
    throw new StoreUnusable(label, 'has a schema `gatehouse` of another program.', 'Name another database in `store`.');
  }
  return undefined;
}

function supported(version: number, label: string, newest: number): number {
  if (version <= newest) return version;
  const reason = `was written by a newer Gatehouse (schema ${version}; this one knows ${newest}).`;
  throw new StoreUnusable(label, reason, 'Run that version or a later one.');
}

interface SchemaState {
  readonly exists: boolean;
  readonly is_ours: boolean;
  readonly has_tables: boolean;
}

const absent: SchemaState = { exists: false, is_ours: false, has_tables: false };

async function stateOf(client: Client): Promise<SchemaState> {
  const { rows } = await client.query<SchemaState>(`SELECT to_regnamespace('gatehouse') IS NOT NULL AS exists,
    to_regclass('gatehouse.migrations') IS NOT NULL AS is_ours,
    EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('gatehouse')) AS has_tables`);
  return rows[0] ?? absent;
}

/** Where somebody has made the schema for us, we need not be allowed to make one. */
async function newSchema(client: Client): Promise<string> {
  const schema = (await stateOf(client)).exists ? '' : 'CREATE SCHEMA gatehouse;';
  return `${schema}
    CREATE TABLE migrations (
      version INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name TEXT NOT NULL,
      applied_at TIMESTAMPTZ NOT NULL DEFAULT now()
    )`;
}
