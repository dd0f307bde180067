import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { createRevocationLog } from '../revocation-log.ts';
import { markOfEnd } from '../revocation-queries.ts';
import { createCommonPorts, type Store } from '../store.ts';
import { appendRevocations } from './append-revocations.ts';
import { ChangeWatch } from './change-watch.ts';
import { createRoster } from './gateway-roster.ts';
import { openDatabase } from './open-database.ts';
import type { SqlConnection } from './sql-connection.ts';
import { createSql } from './sqlite-sql.ts';
import { createTokenStore } from './token-store.ts';
import { WriteQueue } from './write-queue.ts';

/** All ports over one SQLite file, which several processes of one machine may share. */
export type SqliteStore = Store;

/**
 * Opens the file, made and migrated where needed.
 *
 * @throws StoreUnusable with the reason and the remedy
 */
export function openSqliteStore(path: string, { clock }: { readonly clock: Clock }): SqliteStore {
  const isFirst = !existsSync(path);
  const { reader, writer, file } = openDatabase(resolve(path));
  const roster = createRoster({ path: `${resolve(path)}-gateways`, isFirst });
  const queue = new WriteQueue(writer, file);
  const watch = new ChangeWatch(reader, newestAppend);
  const sql = createSql(reader, queue, file);
  return Object.freeze<SqliteStore>({
    ...createCommonPorts(sql),
    tokenStore: createTokenStore(reader, file),
    revocationLog: createRevocationLog({
      sql,
      following: sql,
      append: (entries) => queue.write((connection) => appendRevocations(connection, entries)),
      subscribe: (wake) => watch.subscribe(wake),
      clock,
    }),
    gatewayRoster: roster,
    async close() {
      watch.stop();
      await roster.close();
      await queue.close();
      reader.close();
      writer.close();
    },
  });
}

/** Who follows the log is not woken for tokens and all else that is written besides. */
function newestAppend(reader: SqlConnection): string | undefined {
  return reader.first(markOfEnd({}))?.mark;
}
