import { accountLinkStoreContract } from '../../../test/contract/account-link-store.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';

accountLinkStoreContract('the account links in SQLite', () => {
  const { store, another, close } = aSqliteStore();
  return { links: store.accountLinks, another: () => another().accountLinks, close };
});
