import { StoreUnavailable } from '../../base/store-unavailable.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
export const sqliteCodes = {
  busy: 5,
  locked: 6,
  noMemory: 7,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  protocol: 15,
  notADatabase: 26,
} as const;

/** Those of the file and its surroundings; all others are about a statement, and so about us. */
const surroundings: ReadonlySet<number> = new Set(Object.values(sqliteCodes));

/** The primary result code of an error that node:sqlite threw: the low byte of the extended one. */
export function sqliteCodeOf(error: unknown): number | undefined {
  if (error instanceof StoreUnavailable) return sqliteCodeOf(error.cause);
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/** An error of node:sqlite, by its meaning to whoever asked the store. */
export function storeError(error: unknown): unknown {
  const isClosed = error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE';
  if (!isClosed && !surroundings.has(sqliteCodeOf(error) ?? 0)) return error;
  return new StoreUnavailable(error instanceof Error ? error.message : 'the store failed', error);
}
