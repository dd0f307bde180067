import { accountLinkStoreContract } from '../../test/contract/account-link-store.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  accountLinkStoreContract(`the account links in ${engine.name}`, async () => {
    const { store, another, close } = await engine.open();
    return { links: store.accountLinks, another: async () => (await another()).accountLinks, close };
  });
}
