import { artifactStoreContract } from '../../test/contract/artifact-store.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  artifactStoreContract(`the artifact store in ${engine.name}`, async () => {
    const { store, another, close } = await engine.open();
    return { artifacts: store.artifacts, another: async () => (await another()).artifacts, close };
  });
}
