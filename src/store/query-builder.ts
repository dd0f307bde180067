import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Builds typed queries, and runs none. What it calls compiled is the query as data, without any SQL: each engine makes
 * of it what it speaks.
 */
export const build = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => ({ compileQuery: (query, queryId) => ({ query, queryId, sql: '', parameters: [] }) }),
  },
});
