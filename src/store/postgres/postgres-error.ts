import { DatabaseError } from 'pg';
import { StoreUnavailable } from '../../base/store-unavailable.ts';

/** Conditions of the server and its surroundings, by SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const surroundings: readonly string[] = [
  '08', // connection exception
  '25006', // read-only: a primary that is none any more
  '25P', // the transaction lasted too long
  '28', // invalid authorization
  '3D000', // no such database
  '40', // transaction rollback: conflicts that went on and on
  '53', // insufficient resources
  '55P03', // lock not available in time
  '57', // operator intervention: shutdown, crash, cancelled by a time-out
  '58', // system error: input and output
  'XX', // internal error: damage
];

/** Nothing was done, and the same may be tried again at once: a deadlock, or a serialization failure. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(sqlStateOf(error) ?? '');
}

export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}

/** The code of a failed connection: of the system, or of TLS. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** An error of the client or the server, by its meaning to whoever asked the store. Carries no row and no parameter. */
export function storeError(error: unknown): unknown {
  if (error instanceof StoreUnavailable || error instanceof TypeError || !(error instanceof Error)) return error;
  const state = sqlStateOf(error);
  if (state === undefined)
    return new StoreUnavailable(error.message || (systemCodeOf(error) ?? 'The database cannot be reached.'));
  if (surroundings.some((prefix) => state.startsWith(prefix))) return new StoreUnavailable(error.message);
  return statementError(error, state);
}

/** Details of a refused row hold the row, and messages about data the value: neither is for logs. */
function statementError(error: Error, state: string): Error {
  const about = state.startsWith('22') ? 'a value that does not fit' : error.message;
  return new Error(`PostgreSQL refused a statement (${state}): ${about}`);
}
