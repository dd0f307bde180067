export { StoreUnusable } from '../store-unusable.ts';
export { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts';
