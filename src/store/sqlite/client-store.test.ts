import { clientStoreContract } from '../../../test/contract/client-store.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';

clientStoreContract('the client store in SQLite', () => {
  const { store, close } = aSqliteStore();
  return { clients: store.clients, close };
});
