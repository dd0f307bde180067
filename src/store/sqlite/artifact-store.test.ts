import { artifactStoreContract } from '../../../test/contract/artifact-store.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';

artifactStoreContract('the artifact store in SQLite', () => {
  const { store, another, close } = aSqliteStore();
  return { artifacts: store.artifacts, another: () => another().artifacts, close };
});
