import { existsSync, rmSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { adminScope, bootstrapClientId } from '../protocol/admin-access.ts';
import type { ClientStore, RegisteredClient } from '../provider/index.ts';
import { adminApi } from './admin-api.ts';
import { secretIn } from './secret-in-file.ts';

/** Where the secret of the client comes from. */
export interface AdminSecret {
  /** As configured; then there is no file. */
  readonly given: string | undefined;
  readonly file: string;
  /** Whether other machines have the same clients, and files of their own. */
  readonly isShared: boolean;
}

/**
 * Makes the first client that may call the admin API, unless there is one. Its secret is the one that is given, or one
 * that is made and written to a file before the client is stored: a crash between the two leaves a file that the next
 * start uses, never a client that nobody can be. Where the file is gone, the client gets another secret, unless it may
 * lie on another machine.
 *
 * @throws StartupFailure where the file cannot be written
 */
export async function bootstrapAdmin(clients: ClientStore, secret: AdminSecret, clock: Clock): Promise<void> {
  const known = await clients.find(bootstrapClientId);
  if (secret.given !== undefined) return authenticateBy(secret.given, clients, known, clock);
  if (known === undefined) return makeClient(clients, secret.file, clock);
  if (secret.isShared || existsSync(secret.file)) return;
  await authenticateBy(secretIn(secret.file), clients, known, clock);
}

async function authenticateBy(
  secret: string,
  clients: ClientStore,
  known: RegisteredClient | undefined,
  clock: Clock,
): Promise<void> {
  const secretHash = sha256Hex(secret);
  if (known === undefined) await clients.add(bootstrapClient(secretHash, clock));
  else if (known.secretHash !== secretHash) await clients.replace({ ...known, secretHash });
}

async function makeClient(clients: ClientStore, file: string, clock: Clock): Promise<void> {
  const secretHash = sha256Hex(secretIn(file));
  if (await clients.add(bootstrapClient(secretHash, clock))) return;
  // Another process was faster. On another machine, its secret is another, and ours is nobody's.
  const known = await clients.find(bootstrapClientId);
  if (known?.secretHash !== secretHash) rmSync(file);
}

function bootstrapClient(secretHash: string, clock: Clock): RegisteredClient {
  return {
    id: bootstrapClientId,
    name: 'Gatehouse command line',
    authentication: 'secret',
    secretHash,
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
