import { revocationLogContract } from '../../../test/contract/revocation-log.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';

revocationLogContract('the revocation log in SQLite', (clock) => {
  const { store, another, close } = aSqliteStore(clock);
  return { log: store.revocationLog, another: () => another().revocationLog, close };
});
