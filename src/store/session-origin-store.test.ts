import { sessionOriginStoreContract } from '../../test/contract/session-origin-store.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  sessionOriginStoreContract(`the session origin store in ${engine.name}`, async () => {
    const { store, another, close } = await engine.open();
    return { origins: store.sessionOrigins, another: async () => (await another()).sessionOrigins, close };
  });
}
