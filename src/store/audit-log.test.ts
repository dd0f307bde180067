import { auditLogContract } from '../../test/contract/audit-log.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  auditLogContract(`the audit log in ${engine.name}`, async () => {
    const { store, close } = await engine.open();
    return { log: store.audit, close };
  });
}
