import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { adminScope } from '../admin/index.ts';
import type { Clock } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { generateOpaqueToken } from '../opaque/index.ts';
import type { ClientStore } from '../provider/index.ts';
import { adminApi } from './admin-api.ts';
import { StartupFailure } from './listener.ts';

/** The client that the command line uses. More of its kind are made through the admin API. */
export const bootstrapClientId = 'gatehouse-admin';

/**
 * Makes the first client that may call the admin API, unless there is one. Its secret is written before the client is
 * stored: a crash between the two leaves a file that the next start replaces, never a client that nobody can be.
 *
 * @returns whether it was made now
 * @throws StartupFailure where the file cannot be written
 */
export async function bootstrapAdmin(clients: ClientStore, secretFile: string, clock: Clock): Promise<boolean> {
  if ((await clients.find(bootstrapClientId)) !== undefined) return false;
  const secret = generateOpaqueToken('ghs_');
  writeSecret(secretFile, secret);
  return clients.add({
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
  });
}

function writeSecret(file: string, secret: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const descriptor = openSync(file, 'w', 0o600);
    writeSync(descriptor, `${secret}\n`);
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupFailure(
      `cannot write the secret of the admin client: ${reason}. Remedy: let this user write there`,
    );
  }
}
