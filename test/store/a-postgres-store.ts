import { type Clock, systemClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/store/index.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import type { PostgresServer } from './a-postgres-server.ts';
import type { TemporaryStore } from './temporary-store.ts';

/** A store in a new database of the server, or in one that is empty. */
export async function aPostgresStore(
  server: PostgresServer,
  clock: Clock = systemClock,
  empty?: string,
): Promise<TemporaryStore & { readonly url: string }> {
  const url = empty ?? (await server.createDatabase());
  const opened: Store[] = [];
  const another = async (): Promise<Store> => {
    const store = await openPostgresStore({ url, clock });
    opened.push(store);
    return store;
  };
  return {
    url,
    store: await another(),
    another,
    async close() {
      for (const store of opened) await store.close();
    },
  };
}
