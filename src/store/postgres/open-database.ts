import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig, Pool } from 'pg';
import { type Database, parseDatabaseUrl } from './connection-config.ts';
import { explainOpenFailure } from './explain-open-failure.ts';
import { migrate } from './migrate.ts';
import { sqlStateOf, systemCodeOf } from './postgres-error.ts';
import { prepareSession } from './prepare-session.ts';
import { Sockets } from './sockets.ts';

/** Milliseconds between two attempts to open a database that is not there yet. */
const retryDelay = 200;

/** What passes while servers start one after the other. */
const passing: ReadonlySet<string | undefined> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', '57P03']);

export interface OpenOptions {
  readonly url: string;
  /** Connections besides the one that follows the log. */
  readonly poolSize: number;
  /** Milliseconds to wait for a database that is starting up. */
  readonly patienceMs: number;
}

export interface Connections {
  /** For a connection besides the pool. */
  readonly config: ClientConfig;
  readonly pool: Pool;
  readonly sockets: Sockets;
}

/**
 * Opens the database, with the tables made and migrated where needed.
 *
 * @throws StoreUnusable with the reason and the remedy
 */
export async function openDatabase({ url, poolSize, patienceMs }: OpenOptions): Promise<Connections> {
  const sockets = new Sockets();
  const { label, config } = parseDatabaseUrl(url);
  const database = { label, config: { ...config, stream: sockets.create } };
  await migrateSoon(database, performance.now() + patienceMs);
  const pool = new Pool({ ...database.config, max: poolSize, onConnect: prepareSession });
  return { config: database.config, pool, sockets };
}

async function migrateSoon(database: Database, deadline: number): Promise<void> {
  for (;;) {
    try {
      return await connectAndMigrate(database);
    } catch (error) {
      const code = sqlStateOf(error) ?? systemCodeOf(error);
      if (!passing.has(code) || performance.now() > deadline) throw explainOpenFailure(database.label, error);
    }
    await delay(retryDelay);
  }
}

/** Milliseconds: one process migrates while others wait for it. */
const migrationTimeout = 11 * 60_000;

async function connectAndMigrate({ config, label }: Database): Promise<void> {
  const client = new Client({ ...config, query_timeout: migrationTimeout });
  client.on('error', () => undefined); // What was under way fails by itself.
  try {
    await client.connect();
    await prepareSession(client);
    await migrate(client, label);
  } finally {
    client.end().catch(() => undefined);
  }
}
