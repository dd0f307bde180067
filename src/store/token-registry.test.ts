import { tokenRegistryContract } from '../../test/contract/token-registry.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  tokenRegistryContract(`the token registry in ${engine.name}`, async () => {
    const { store, close } = await engine.open();
    return { registry: store.tokenRegistry, close };
  });
}
