import type { Clock } from '../../base/clock.ts';
import { createRevocationLog } from '../revocation-log.ts';
import { createCommonPorts, type Store } from '../store.ts';
import { AppendQueue } from './append-queue.ts';
import { appendRevocations } from './append-revocations.ts';
import { appendChannel, ChangeWatch } from './change-watch.ts';
import { createRoster, reportChannel } from './gateway-roster.ts';
import { openDatabase } from './open-database.ts';
import { SqlConnections } from './sql-connections.ts';
import { createTokenStore } from './token-store.ts';

export interface PostgresStoreOptions {
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=...` */
  readonly url: string;
  readonly clock: Clock;
  /** Connections that this process keeps at most, besides the one that follows the log. Default 10. */
  readonly poolSize?: number | undefined;
  /** Milliseconds to wait for a database that is starting up. Default 10000. */
  readonly patienceMs?: number | undefined;
}

/**
 * Opens all ports over one PostgreSQL database, which any number of processes on any number of machines may share; its
 * tables are made and migrated where needed.
 *
 * @throws StoreUnusable with the reason and the remedy
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, clock, poolSize = 10, patienceMs = 10_000 } = options;
  const { config, pool, sockets } = await openDatabase({ url, poolSize, patienceMs });
  const sql = new SqlConnections(pool);
  const appends = new AppendQueue((entries) => appendRevocations(sql, entries));
  const watch = new ChangeWatch(config, appendChannel);
  const news = new ChangeWatch(config, reportChannel);
  return Object.freeze<Store>({
    ...createCommonPorts(sql),
    tokenStore: createTokenStore(sql),
    revocationLog: createRevocationLog({
      sql,
      following: watch,
      append: (entries) => appends.append(entries),
      subscribe: (wake) => watch.subscribe(wake),
      clock,
    }),
    gatewayRoster: createRoster({ sql, reporting: watch, news }),
    async close() {
      await appends.settled();
      await sockets.close(Promise.all([watch.close(), news.close(), sql.close()]));
    },
  });
}
