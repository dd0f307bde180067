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

const postgres: Engine = {
  name: 'PostgreSQL',
  async open(clock) {
    server ??= PostgresServer.start();
    return aPostgresStore(await server, clock);
  },
};

/** Every engine that there is, each the real one. */
export const engines: readonly Engine[] = [sqlite, postgres];
