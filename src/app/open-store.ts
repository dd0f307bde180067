import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/index.ts';
import { openSqliteStore, type SqliteStore, StoreUnusable } from '../store/sqlite/index.ts';
import { StartupFailure } from './listener.ts';

/** @throws StartupFailure with the reason and the remedy where the store cannot be used */
export function openStore({ path }: Config['store'], clock: Clock): SqliteStore {
  try {
    return openSqliteStore(path, { clock });
  } catch (error) {
    if (!(error instanceof StoreUnusable)) throw error;
    const { path: file, reason, remedy } = error;
    throw new StartupFailure(`the store ${file} (store) ${reason} Remedy: ${remedy}`);
  }
}
