import type { Sql } from '../sql.ts';
import type { SqlConnection } from './sql-connection.ts';
import type { WriteQueue } from './write-queue.ts';

/** Reads at once, and writes in the commit that is next. */
export function createSql(reader: SqlConnection, queue: WriteQueue): Sql {
  return Object.freeze<Sql>({
    all: async (query) => reader.all(query),
    first: async (query) => reader.first(query),
    write: (query) => queue.write((sql) => sql.run(query)),
    writeFirst: (query) => queue.write((sql) => sql.first(query)),
  });
}
