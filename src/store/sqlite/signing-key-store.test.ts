import { signingKeyStoreContract } from '../../../test/contract/signing-key-store.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';

signingKeyStoreContract('the signing key store in SQLite', () => {
  const { store, another, close } = aSqliteStore();
  return { signingKeys: store.signingKeys, another: () => another().signingKeys, close };
});
