import { tokenRegistryContract } from '../../../test/contract/token-registry.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';

tokenRegistryContract('the token registry in SQLite', () => {
  const { store, close } = aSqliteStore();
  return { registry: store.tokenRegistry, close };
});
