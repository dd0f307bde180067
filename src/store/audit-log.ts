import type { Selectable } from 'kysely';
import type { AuditFilter, AuditLog, AuditRecord } from '../admin/index.ts';
import { auditRow } from './audit-row.ts';
import { build } from './query-builder.ts';
import type { AuditRow } from './schema.ts';
import type { Sql } from './sql.ts';
import { readJsonObject } from './stored-json.ts';

export function createAuditLog(sql: Sql): AuditLog {
  return Object.freeze<AuditLog>({
    async record(entry) {
      await sql.write(build.insertInto('audit').values(auditRow(entry)));
    },
    list: async (filter) => (await sql.all(newestFirst(filter))).map(recordOf),
  });
}

function newestFirst({ before, actor, action, target, limit }: AuditFilter) {
  let query = build.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit);
  if (before !== undefined) query = query.where('seq', '<', before);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (action !== undefined) query = query.where('action', '=', action);
  if (target !== undefined) query = query.where('target', '=', target);
  return query;
}

function recordOf(row: Selectable<AuditRow>): AuditRecord {
  return { ...row, details: readJsonObject(row.details) };
}
