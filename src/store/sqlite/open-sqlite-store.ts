import { resolve } from 'node:path';
import type { AuditLog } from '../../admin/index.ts';
import type { Clock } from '../../base/clock.ts';
import type { TokenStore } from '../../opaque/index.ts';
import type {
  AccountLinkStore,
  ArtifactStore,
  ClientStore,
  SecretStore,
  SigningKeyStore,
  TokenRegistry,
} from '../../provider/index.ts';
import type { RevocationLog } from '../../revocation/index.ts';
import { createAccountLinkStore } from './account-link-store.ts';
import { createArtifactStore } from './artifact-store.ts';
import { createAuditLog } from './audit-log.ts';
import { ChangeWatch } from './change-watch.ts';
import { createClientStore } from './client-store.ts';
import { openDatabase } from './open-database.ts';
import { createRevocationLog } from './revocation-log.ts';
import { createSecretStore } from './secret-store.ts';
import { createSigningKeyStore } from './signing-key-store.ts';
import { createTokenRegistry } from './token-registry.ts';
import { createTokenStore } from './token-store.ts';
import { WriteQueue } from './write-queue.ts';

/** All ports over one SQLite file, which several processes of one machine may share. */
export interface SqliteStore {
  readonly revocationLog: RevocationLog;
  readonly tokenStore: TokenStore;
  readonly tokenRegistry: TokenRegistry;
  readonly artifacts: ArtifactStore;
  readonly clients: ClientStore;
  readonly signingKeys: SigningKeyStore;
  readonly secrets: SecretStore;
  readonly accountLinks: AccountLinkStore;
  readonly audit: AuditLog;
  /** Finishes the writes that wait, and takes no more. */
  close(): Promise<void>;
}

/**
 * Opens the file, made and migrated where needed.
 *
 * @throws StoreUnusable with the reason and the remedy
 */
export function openSqliteStore(path: string, { clock }: { readonly clock: Clock }): SqliteStore {
  const { reader, writer } = openDatabase(resolve(path));
  const queue = new WriteQueue(writer);
  const watch = new ChangeWatch(reader);
  return Object.freeze<SqliteStore>({
    revocationLog: createRevocationLog({ reader, queue, watch, clock }),
    tokenStore: createTokenStore(reader),
    tokenRegistry: createTokenRegistry(reader, queue),
    artifacts: createArtifactStore(reader, queue),
    clients: createClientStore(reader, queue),
    signingKeys: createSigningKeyStore(reader, queue),
    secrets: createSecretStore(queue),
    accountLinks: createAccountLinkStore(reader, queue),
    audit: createAuditLog(reader, queue),
    async close() {
      watch.stop();
      await queue.close();
      reader.close();
      writer.close();
    },
  });
}
