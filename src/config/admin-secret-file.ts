import { dirname, join } from 'node:path';
import type { Config } from './config.ts';

/** Where the secret of the bootstrap client is kept: beside the store, readable by its owner alone. */
export function adminSecretFile({ path }: Config['store']): string {
  return join(dirname(path), 'gatehouse-admin.secret');
}
