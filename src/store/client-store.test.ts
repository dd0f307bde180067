import { clientStoreContract } from '../../test/contract/client-store.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  clientStoreContract(`the client store in ${engine.name}`, async () => {
    const { store, close } = await engine.open();
    return { clients: store.clients, close };
  });
}
