import { readFile } from 'node:fs/promises';
import { type ConfigOutcome, parseConfig } from './parse-config.ts';
import type { Sources } from './references.ts';

/** Reads a configuration file. A file that cannot be read is a fault like others. */
export async function loadConfig(path: string, env: Sources['env']): Promise<ConfigOutcome> {
  try {
    return parseConfig(await readFile(path, 'utf8'), { path, env });
  } catch (error) {
    const reason = `cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`;
    const remedy = 'Name a file that exists and that this user may read.';
    return { ok: false, faults: [{ file: path, line: 1, column: 1, path: '', reason, remedy }], warnings: [] };
  }
}
