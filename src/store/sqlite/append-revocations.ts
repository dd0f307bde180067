import type { PreparedRevocation, Revocation } from '../../revocation/index.ts';
import { appendAudit } from './append-audit.ts';
import { build } from './query-builder.ts';
import type { SqlConnection } from './sql-connection.ts';

/** Part of a transaction: entries and the record of who made them are durable together. */
export function appendRevocations(sql: SqlConnection, entries: readonly PreparedRevocation[]): readonly Revocation[] {
  return entries.map((entry) => {
    const { lastId } = sql.run(build.insertInto('revocations').values(rowOf(entry)));
    appendAudit(sql, auditOf(entry, lastId));
    return { ...entry, seq: lastId };
  });
}

function rowOf({ expiresAt, from, ...entry }: PreparedRevocation) {
  const { client = null, before = null, reason = null } = entry;
  return { ...entry, client, before, reason, begins_at: from ?? null, expires_at: expiresAt };
}

function auditOf({ at, actor, ...details }: PreparedRevocation, seq: number) {
  return { at, actor, action: 'revocation.created', target: String(seq), details };
}
