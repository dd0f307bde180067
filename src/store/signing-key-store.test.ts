import { signingKeyStoreContract } from '../../test/contract/signing-key-store.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  signingKeyStoreContract(`the signing key store in ${engine.name}`, async () => {
    const { store, another, close } = await engine.open();
    return { signingKeys: store.signingKeys, another: async () => (await another()).signingKeys, close };
  });
}
