import { tokenStoreContract } from '../../test/contract/token-store.ts';
import { anIssuedToken } from '../../test/fixtures/an-issued-token.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  tokenStoreContract(`the token store in ${engine.name}`, async () => {
    const { store, close } = await engine.open();
    const registry = store.tokenRegistry;
    return {
      store: store.tokenStore,
      async save(hash, { claims, expiresAt }) {
        const known = await registry.find(hash);
        if (known === undefined)
          await registry.record(anIssuedToken({ hash, claims, expiresAt, issuedUntil: expiresAt }));
      },
      async remove() {
        await registry.purge(Number.MAX_SAFE_INTEGER);
      },
      close,
    };
  });
}
