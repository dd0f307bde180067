import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/index.ts';
import { type Store, StoreUnusable } from '../store/index.ts';
import { openSqliteStore } from '../store/sqlite/index.ts';
import { StartupFailure } from './listener.ts';

/** Where there is a store. */
export type StoreLocation = Exclude<Config['store'], { readonly kind: 'none' }>;

/** @throws StartupFailure with the reason and the remedy where the store cannot be used */
export async function openStore(location: StoreLocation, clock: Clock): Promise<Store> {
  try {
    if (location.kind === 'sqlite') return openSqliteStore(location.path, { clock });
    // Not loaded for nothing: most start on SQLite.
    const { openPostgresStore } = await import('../store/postgres/index.ts');
    return await openPostgresStore({ url: location.url.reveal(), clock });
  } catch (error) {
    if (!(error instanceof StoreUnusable)) throw error;
    const { path, reason, remedy } = error;
    throw new StartupFailure(`the store ${path} (store) ${reason} Remedy: ${remedy}`);
  }
}
