import { type Compilable, sql } from 'kysely';
import type { PreparedRevocation } from '../../revocation/index.ts';
import { build } from '../query-builder.ts';
import { auditOf, newMark, revocationRow } from '../revocation-rows.ts';
import type { Sql } from '../sql.ts';
import { appendChannel } from './change-watch.ts';

/** What an entry brings along, and the types of that: `unnest` takes a column each. */
const columns = {
  at: 'bigint',
  issuer: 'text',
  kind: 'text',
  value: 'text',
  client: 'text',
  before: 'bigint',
  begins_at: 'bigint',
  expires_at: 'bigint',
  reason: 'text',
  actor: 'text',
  details: 'text',
} as const;

type Column = keyof typeof columns;
const names = Object.keys(columns) as Column[];
const stored = sql.join(names.filter((name) => name !== 'details').map((name) => sql.id(name)));

/** @returns the number of the last entry, when all are durable */
export async function appendRevocations(connections: Sql, entries: readonly PreparedRevocation[]): Promise<number> {
  const row = await connections.writeFirst(statementFor(entries));
  if (row === undefined) throw new Error('The store has lost the row that says where its log ends.');
  return row.head;
}

/**
 * Entries, the record of who made them, and the notification, in ONE statement and so in one transaction: it locks the
 * row of the log first, takes the numbers, and holds the lock until the commit is visible, without waiting for this
 * process in between. So entries become visible in the order of their numbers. See docs/decisions/009-postgres.md.
 */
function statementFor(entries: readonly PreparedRevocation[]): Compilable<{ readonly head: number }> {
  const count = sql`${entries.length}::bigint`;
  const mark = newMark();
  const statement = sql<{ readonly head: number }>`
    WITH log AS (
      UPDATE revocation_log SET head = head + ${count}, mark = ${mark} WHERE id = 1 RETURNING head
    ), entry AS (
      SELECT log.head - ${count} + position AS seq, given.*
      FROM log, unnest(${arrays(entries)}) WITH ORDINALITY AS given (${sql.join(names.map((name) => sql.id(name)))}, position)
    ), written AS (
      INSERT INTO revocations (seq, mark, ${stored}) SELECT seq, ${mark}, ${stored} FROM entry
    ), audited AS (
      INSERT INTO audit (at, actor, action, target, details)
      SELECT at, actor, 'revocation.created', seq::text, details FROM entry ORDER BY seq
    )
    SELECT head, pg_notify(${appendChannel}, '') FROM log`;
  return { compile: () => statement.compile(build) };
}

function arrays(entries: readonly PreparedRevocation[]) {
  const rows = entries.map((entry) => ({ ...revocationRow(entry), details: auditOf(entry, '').details }));
  return sql.join(names.map((name) => sql`${rows.map((row) => row[name])}::${sql.raw(columns[name])}[]`));
}
