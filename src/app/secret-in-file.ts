import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { checksumFits, generateOpaqueToken } from '../opaque/index.ts';
import { StartupFailure } from './listener.ts';

/**
 * The secret that a file holds; one is made where there is no file, for its owner alone to read.
 *
 * @throws StartupFailure where the file cannot be written or read, or holds something else
 */
export function secretIn(file: string): string {
  try {
    return makeSecret(file) ?? readSecret(file);
  } catch (error) {
    if (error instanceof StartupFailure) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupFailure(`cannot write a secret to its file: ${reason}. Remedy: let this user write there`);
  }
}

/** Undefined where the file is there: another process may have been faster. */
function makeSecret(file: string): string | undefined {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const descriptor = openNew(file);
  if (descriptor === undefined) return undefined;
  const secret = generateOpaqueToken('ghs_');
  writeSync(descriptor, `${secret}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  return secret;
}

function openNew(file: string): number | undefined {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}

function readSecret(file: string): string {
  const secret = readFileSync(file, 'utf8').trim();
  if (checksumFits(secret)) return secret;
  throw new StartupFailure(`${file} holds no secret of ours. Remedy: delete it; another one is made`);
}
