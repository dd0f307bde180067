import { auditLogContract } from '../../../test/contract/audit-log.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';

auditLogContract('the audit log in SQLite', () => {
  const { store, close } = aSqliteStore();
  return { log: store.audit, close };
});
