import { readFile } from 'node:fs/promises';
import { type ConfigOutcome, parseConfig } from './parse-config.ts';
import type { Sources } from './references.ts';

/** Reads a configuration file. A file that cannot be read is a fault like others. */
export async function loadConfig(path: string, env: Sources['env']): Promise<ConfigOutcome> {
  try {
    return parseConfig(await readFile(path, 'utf8'), { path, env });
  } catch (error) {
    const [reason, remedy] = explain(error);
    return { ok: false, faults: [{ file: path, line: 0, column: 0, path: '', reason, remedy }], warnings: [] };
  }
}

const explanations: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ENOENT: [
    'there is no such file',
    'Name another by --config, write one as README.md shows, or let `gatehouse start --demo` make one.',
  ],
  EACCES: ['this user may not read the file', 'Let the user read it that runs Gatehouse.'],
  EISDIR: ['is a directory', 'Name a file.'],
};

function explain(error: unknown): readonly [reason: string, remedy: string] {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return explanations[code] ?? [`cannot be read: ${message}`, 'Name a file that can be read.'];
}
