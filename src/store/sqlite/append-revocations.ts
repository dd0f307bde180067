import type { PreparedRevocation, Revocation } from '../../revocation/index.ts';
import { build } from '../query-builder.ts';
import { auditOf, newMark, numbered, revocationRow } from '../revocation-rows.ts';
import type { RevocationRow } from '../schema.ts';
import { template } from '../template.ts';
import type { SqlConnection } from './sql-connection.ts';

/**
 * Part of a transaction: entries and the record of who made them are durable together. SQLite has one writer at a
 * time, so that entries become visible in the order of their sequence numbers.
 */
export function appendRevocations(sql: SqlConnection, entries: readonly PreparedRevocation[]): readonly Revocation[] {
  const mark = newMark();
  const head = sql.first(advance({ count: entries.length, mark }))?.head;
  if (head === undefined) throw new Error('The store has lost the row that says where its log ends.');
  const first = head - entries.length + 1;
  for (const [index, entry] of entries.entries()) {
    const seq = first + index;
    sql.run(insertEntry({ seq, mark, ...revocationRow(entry) }));
    sql.run(insertRecord(auditOf(entry, String(seq))));
  }
  return numbered(entries, head);
}

const advance = template(({ count, mark }: { readonly count: number; readonly mark: string }) =>
  build
    .updateTable('revocation_log')
    .set((row) => ({ head: row('head', '+', count), mark }))
    .where('id', '=', 1)
    .returning('head'),
);

const insertEntry = template((row: RevocationRow) => build.insertInto('revocations').values(row));
const insertRecord = template((row: ReturnType<typeof auditOf>) => build.insertInto('audit').values(row));
