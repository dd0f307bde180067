export type { AdminDependencies, ReadinessCheck, RevocationAdministration } from './admin-dependencies.ts';
export type { ApiDescription } from './api-description.ts';
export type { AuditEntry, AuditFilter, AuditLog, AuditRecord } from './audit-log.ts';
export { type AdminCall, adminCalls, adminFailures } from './channels.ts';
export type { AdminOptions } from './create-admin.ts';
export { adminOnDemand, probesOnDemand } from './on-demand.ts';
export { protectAdmin } from './protect-admin.ts';
