import type { PreparedRevocation, Revocation } from '../../revocation/index.ts';
import { numbered } from '../revocation-rows.ts';

/** Entries of one commit; one append may be longer and is not divided. */
const mostPerCommit = 1000;

/** Appends in one transaction; resolves with the number of the last entry, when that is durable. */
export type Commit = (entries: readonly PreparedRevocation[]) => Promise<number>;

interface Append {
  readonly entries: readonly PreparedRevocation[];
  resolve(revocations: readonly Revocation[]): void;
  reject(error: unknown): void;
}

/**
 * Appends wait for each other in the database anyway. So a process has one under way at a time; what comes meanwhile
 * goes together into the next commit, and is acknowledged after it.
 */
export class AppendQueue {
  readonly #commit: Commit;
  readonly #waiting: Append[] = [];
  #running: Promise<void> | undefined;

  constructor(commit: Commit) {
    this.#commit = commit;
  }

  append(entries: readonly PreparedRevocation[]): Promise<readonly Revocation[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject });
      this.#running ??= this.#appendAll();
    });
  }

  /** Resolves when all that waits is appended. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #appendAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#appendTogether(this.#nextBatch());
    this.#running = undefined;
  }

  #nextBatch(): readonly Append[] {
    let size = 0;
    const end = this.#waiting.findIndex(({ entries }, index) => {
      size += entries.length;
      return index > 0 && size > mostPerCommit;
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }

  async #appendTogether(batch: readonly Append[]): Promise<void> {
    try {
      const all = batch.flatMap(({ entries }) => entries);
      const revocations = [...numbered(all, await this.#commit(all))];
      for (const { entries, resolve } of batch) resolve(revocations.splice(0, entries.length));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
