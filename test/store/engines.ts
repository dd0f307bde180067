import { after } from 'node:test';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { aSqliteStore } from '../fixtures/a-sqlite-store.ts';
import { PostgresServer } from './a-postgres-server.ts';
import { aPostgresStore } from './a-postgres-store.ts';
import type { TemporaryStore } from './temporary-store.ts';

export interface Engine {
  readonly name: string;
  open(clock?: Clock): Promise<TemporaryStore>;
}

const sqlite: Engine = {
  name: 'SQLite',
  async open(clock = systemClock) {
    const { store, another, close } = aSqliteStore(clock);
    return { store, another: async () => another(), close };
  },
};

/** One for all tests of a file, started when the first of them asks. */
let server: Promise<PostgresServer> | undefined;
after(async () => (await server)?.close());

/** Databases that were used and are empty again: to make one takes longer than most tests. */
const emptied: string[] = [];

const postgres: Engine = {
  name: 'PostgreSQL',
  async open(clock) {
    server ??= PostgresServer.start();
    const { url, store, another, close } = await aPostgresStore(await server, clock, emptied.pop());
    return {
      store,
      another,
      async close() {
        await close();
        await (await server)?.query(emptyAll, new URL(url).pathname.slice(1));
        emptied.push(url);
      },
    };
  },
};

const emptyAll = `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'gatehouse' LOOP
    IF name NOT IN ('migrations', 'revocation_log') THEN EXECUTE format('DELETE FROM gatehouse.%I', name); END IF;
  END LOOP;
  UPDATE gatehouse.revocation_log SET head = 0, mark = '';
END $$`;

/** Every engine that there is, each the real one. */
export const engines: readonly Engine[] = [sqlite, postgres];
