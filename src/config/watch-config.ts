import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sha256Hex } from '../base/sha256.ts';

interface WatchOptions {
  /** Milliseconds of quiet after the last change before anybody is told. Default 200. */
  readonly quiet?: number;
}

/**
 * Tells when the content of a file has changed. Watches the file's directory, so that it is not lost by editors that
 * write another file and rename it, nor by Kubernetes, which swaps a link beside it; looks at the content, so that
 * nothing else in the directory matters.
 *
 * @returns a function that stops watching
 */
export async function watchConfig(path: string, onChange: () => void, options: WatchOptions = {}): Promise<() => void> {
  const { quiet = 200 } = options;
  let known = await fingerprint(path);
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    const found = await fingerprint(path);
    if (stopped || found === undefined || found === known) return;
    known = found;
    onChange();
  }

  const watcher: FSWatcher = watch(dirname(path), { persistent: false }, () => {
    clearTimeout(timer);
    timer = setTimeout(look, quiet);
    timer.unref();
  });
  // A directory that is gone can only be looked at again by hand (SIGHUP).
  watcher.on('error', () => watcher.close());
  return () => {
    stopped = true;
    clearTimeout(timer);
    watcher.close();
  };
}

/** Undefined while the file is not there, as in the middle of a rename. */
async function fingerprint(path: string): Promise<string | undefined> {
  try {
    return sha256Hex(await readFile(path));
  } catch {
    return undefined;
  }
}
