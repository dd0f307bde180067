import { statSync } from 'node:fs';
import { StoreUnavailable } from '../../base/store-unavailable.ts';

/**
 * The file that was opened, as long as it lies where it did. Who restores a backup by moving it there leaves us with a
 * file that nobody else sees: what we would acknowledge is lost, and what we would not find is there.
 */
export class DatabaseFile {
  readonly #path: string;
  readonly #opened: string;

  constructor(path: string) {
    this.#path = path;
    this.#opened = identityOf(path);
  }

  /** @throws StoreUnavailable where another file, or none, lies in its place */
  ensureInPlace(): void {
    if (identityOf(this.#path) !== this.#opened) {
      throw new StoreUnavailable('The file of the store was replaced or removed: start Gatehouse again.');
    }
  }
}

function identityOf(path: string): string {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false });
  return `${file?.dev}:${file?.ino}`;
}
