import { secretStoreContract } from '../../../test/contract/secret-store.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';

secretStoreContract('the secret store in SQLite', () => {
  const { store, another, close } = aSqliteStore();
  return { secrets: store.secrets, another: () => another().secrets, close };
});
