import type { AuditFilter, AuditLog, AuditRecord } from '../../admin/index.ts';
import { appendAudit } from './append-audit.ts';
import { build } from './query-builder.ts';
import type { SqlConnection } from './sql-connection.ts';
import { readJsonObject } from './stored-json.ts';
import type { WriteQueue } from './write-queue.ts';

export function createAuditLog(reader: SqlConnection, queue: WriteQueue): AuditLog {
  return Object.freeze<AuditLog>({
    record: (entry) => queue.write((sql) => appendAudit(sql, entry)),
    list: async (filter) => newestFirst(reader, filter),
  });
}

function newestFirst(reader: SqlConnection, { before, actor, action, target, limit }: AuditFilter): AuditRecord[] {
  let query = build.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit);
  if (before !== undefined) query = query.where('seq', '<', before);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (action !== undefined) query = query.where('action', '=', action);
  if (target !== undefined) query = query.where('target', '=', target);
  return reader.all(query).map((row) => ({ ...row, details: readJsonObject(row.details) }));
}
