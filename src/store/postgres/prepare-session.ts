import type { ClientBase } from 'pg';
import { StoreUnavailable } from '../../base/store-unavailable.ts';

/** What a session is set to, whatever the database or the role say. Times are milliseconds. */
const settings: Readonly<Record<string, string>> = {
  search_path: 'gatehouse',
  default_transaction_isolation: 'read committed',
  statement_timeout: '5000',
  lock_timeout: '4000',
  idle_in_transaction_session_timeout: '5000',
};

const set = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', false)`);

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
