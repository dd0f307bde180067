import { dirname, join } from 'node:path';
import type { Config } from './config.ts';

/** Where the command line's secret is kept that nobody chose: beside the store, readable by its owner alone. */
export function adminSecretFile(store: Config['store']): string {
  return join(store.kind === 'sqlite' ? dirname(store.path) : './data', 'gatehouse-admin.secret');
}
