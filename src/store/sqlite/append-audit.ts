import type { AuditEntry } from '../../admin/index.ts';
import { build } from './query-builder.ts';
import type { SqlConnection } from './sql-connection.ts';

/** Part of a transaction: what is audited and the record of it are durable together. */
export function appendAudit(sql: SqlConnection, { at, actor, action, target, details }: AuditEntry): void {
  sql.run(build.insertInto('audit').values({ at, actor, action, target, details: JSON.stringify(details) }));
}
