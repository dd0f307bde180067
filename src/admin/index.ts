export type { AuditEntry, AuditFilter, AuditLog, AuditRecord } from './audit-log.ts';
