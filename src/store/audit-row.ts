import type { AuditEntry } from '../admin/index.ts';

export function auditRow({ at, actor, action, target, details }: AuditEntry) {
  return { at, actor, action, target, details: JSON.stringify(details) };
}
