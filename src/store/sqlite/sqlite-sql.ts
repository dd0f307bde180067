import type { Sql } from '../sql.ts';
import type { DatabaseFile } from './database-file.ts';
import type { SqlConnection } from './sql-connection.ts';
import type { WriteQueue } from './write-queue.ts';

/** Reads at once, and writes in the commit that is next. */
export function createSql(reader: SqlConnection, queue: WriteQueue, file: DatabaseFile): Sql {
  return Object.freeze<Sql>({
    async all(query) {
      file.ensureInPlace();
      return reader.all(query);
    },
    async first(query) {
      file.ensureInPlace();
      return reader.first(query);
    },
    write: (query) => queue.writeOne((sql) => sql.run(query)),
    writeFirst: (query) => queue.writeOne((sql) => sql.first(query)),
  });
}
