export { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts';
export { StoreUnusable } from './store-unusable.ts';
