import { existsSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { adminScope, bootstrapClientId } from '../protocol/admin-access.ts';
import type { ClientStore } from '../provider/index.ts';
import { adminApi } from './admin-api.ts';
import { secretIn } from './secret-in-file.ts';

/**
 * Makes the first client that may call the admin API, unless there is one; gives it another secret where its file is
 * gone. The secret is written before the client is stored: a crash between the two leaves a file that the next start
 * uses, never a client that nobody can be.
 *
 * @throws StartupFailure where the file cannot be written
 */
export async function bootstrapAdmin(clients: ClientStore, secretFile: string, clock: Clock): Promise<void> {
  const known = await clients.find(bootstrapClientId);
  if (known === undefined) await clients.add(bootstrapClient(secretIn(secretFile), clock));
  else if (!existsSync(secretFile)) await clients.replace({ ...known, secretHash: sha256Hex(secretIn(secretFile)) });
}

function bootstrapClient(secret: string, clock: Clock): Parameters<ClientStore['add']>[0] {
  return {
    id: bootstrapClientId,
    name: 'Gatehouse command line',
    authentication: 'secret',
    secretHash: sha256Hex(secret),
    jwks: undefined,
    grants: ['client_credentials'],
    scopes: [adminScope],
    apis: [adminApi.name],
    redirectUris: [],
    postLogoutRedirectUris: [],
    native: false,
    introspects: [],
    createdAt: clock(),
  };
}
