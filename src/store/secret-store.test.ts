import { secretStoreContract } from '../../test/contract/secret-store.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  secretStoreContract(`the secret store in ${engine.name}`, async () => {
    const { store, another, close } = await engine.open();
    return { secrets: store.secrets, another: async () => (await another()).secrets, close };
  });
}
