import { tokenStoreContract } from '../../../test/contract/token-store.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';
import { anIssuedToken } from '../../../test/fixtures/an-issued-token.ts';

tokenStoreContract('the token store in SQLite', () => {
  const { store, close } = aSqliteStore();
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
