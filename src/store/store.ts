import type { AuditLog } from '../admin/index.ts';
import type { TokenStore } from '../opaque/index.ts';
import type {
  AccountLinkStore,
  ArtifactStore,
  ClientStore,
  SecretStore,
  SessionOriginStore,
  SigningKeyStore,
  StatusRegistry,
  TokenRegistry,
} from '../provider/index.ts';
import type { GatewayRoster, RevocationLog } from '../revocation/index.ts';
import { createAccountLinkStore } from './account-link-store.ts';
import { createArtifactStore } from './artifact-store.ts';
import { createAuditLog } from './audit-log.ts';
import { createClientStore } from './client-store.ts';
import { createSecretStore } from './secret-store.ts';
import { createSessionOriginStore } from './session-origin-store.ts';
import { createSigningKeyStore } from './signing-key-store.ts';
import type { Sql } from './sql.ts';
import { createStatusRegistry } from './status-registry.ts';
import { createTokenRegistry } from './token-registry.ts';

/** All ports over one database, which several processes may share. */
export interface Store extends CommonPorts {
  readonly revocationLog: RevocationLog;
  readonly gatewayRoster: GatewayRoster;
  readonly tokenStore: TokenStore;
  /** Finishes the writes that wait, and takes no more. */
  close(): Promise<void>;
}

/** The ports that are the same on every engine. */
export interface CommonPorts {
  readonly tokenRegistry: TokenRegistry;
  readonly statusRegistry: StatusRegistry;
  readonly artifacts: ArtifactStore;
  readonly clients: ClientStore;
  readonly signingKeys: SigningKeyStore;
  readonly secrets: SecretStore;
  readonly accountLinks: AccountLinkStore;
  readonly sessionOrigins: SessionOriginStore;
  readonly audit: AuditLog;
}

export function createCommonPorts(sql: Sql): CommonPorts {
  return {
    tokenRegistry: createTokenRegistry(sql),
    statusRegistry: createStatusRegistry(sql),
    artifacts: createArtifactStore(sql),
    clients: createClientStore(sql),
    signingKeys: createSigningKeyStore(sql),
    secrets: createSecretStore(sql),
    accountLinks: createAccountLinkStore(sql),
    sessionOrigins: createSessionOriginStore(sql),
    audit: createAuditLog(sql),
  };
}
