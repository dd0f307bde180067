import type { ClientBase } from 'pg';
import { StoreUnavailable } from '../../base/store-unavailable.ts';

/**
 * What a session is set to, whatever the database or the role say. A process that stops or is cut off, at whatever byte
 * of an append, must not keep the lock that all appends need: no transaction lasts, and a peer that is gone is noticed.
 */
const settings: Readonly<Record<string, string>> = {
  search_path: 'gatehouse',
  default_transaction_isolation: 'read committed',
  jit: 'off', // Our statements are done before they would be compiled.
  lock_timeout: '4s',
  statement_timeout: '5s',
  idle_in_transaction_session_timeout: '5s',
  transaction_timeout: '6s', // Of PostgreSQL 17 and later.
  tcp_keepalives_idle: '5',
  tcp_keepalives_interval: '2',
  tcp_keepalives_count: '3',
};

/** Sets those that this version of the server has. */
const set = Object.entries(settings).map(
  ([name, value]) =>
    `CASE WHEN current_setting('${name}', true) IS NOT NULL THEN set_config('${name}', '${value}', false) END`,
);

/** A commit that is acknowledged is on the disk. What asks for more than that, as for synchronous standbys, stays. */
const durable = `set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
  ELSE current_setting('synchronous_commit') END, false)`;

/**
 * Makes a new connection ready.
 *
 * @throws StoreUnavailable on a standby, which may be behind: there, the end of the log is not the end
 */
export async function prepareSession(client: ClientBase): Promise<void> {
  const { rows } = await client.query(`SELECT pg_is_in_recovery() AS is_standby, ${[...set, durable].join(', ')}`);
  if (rows[0]?.['is_standby'] !== false) throw new StoreUnavailable('The database is a standby.');
}
