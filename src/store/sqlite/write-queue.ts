import { StoreUnavailable } from '../../base/store-unavailable.ts';
import type { DatabaseFile } from './database-file.ts';
import type { SqlConnection } from './sql-connection.ts';
import { sqliteCodeOf, sqliteCodes } from './sqlite-error.ts';

/** While the writes of one commit run, nothing else does. */
const mostPerCommit = 256;

/** Another process may hold the write lock for up to 5 seconds; waiting for it must not keep requests waiting. */
const lockAttempts = 1000;
const lockDelayMs = 5;

/** Tells a caller how its write went. */
type Settlement = () => void;

type Job<Result> = (sql: SqlConnection) => Result;

interface Write {
  readonly isOneStatement: boolean;
  run(sql: SqlConnection): Settlement;
  reject(error: unknown): void;
}

/**
 * Writes of the same turn of the event loop become durable in one commit, for one fsync, and are acknowledged after
 * it. A write that fails is undone by itself and spoils no other.
 */
export class WriteQueue {
  readonly #sql: SqlConnection;
  readonly #file: DatabaseFile;
  readonly #waiting: Write[] = [];
  #failedAttempts = 0;
  #closing: Promise<void> | undefined;

  constructor(sql: SqlConnection, file: DatabaseFile) {
    this.#sql = sql;
    this.#file = file;
  }

  /**
   * @param job runs its statements at once and to the end: all of them count, or none
   * @returns what the job returned, when it is durable; rejects with StoreUnavailable where it cannot become so
   */
  write<Result>(job: Job<Result>): Promise<Result> {
    return this.#enqueue(job, false);
  }

  /** The same for a job of one statement, which SQLite undoes by itself where it fails: that is half of its cost. */
  writeOne<Result>(job: Job<Result>): Promise<Result> {
    return this.#enqueue(job, true);
  }

  /** Resolves when all that waits is written; takes no more. */
  close(): Promise<void> {
    this.#closing ??= this.#enqueue(() => undefined, true).catch(() => undefined);
    return this.#closing;
  }

  #enqueue<Result>(job: Job<Result>, isOneStatement: boolean): Promise<Result> {
    if (this.#closing !== undefined) return Promise.reject(new StoreUnavailable('The store is closed.'));
    return new Promise((resolve, reject) => {
      const run = (sql: SqlConnection): Settlement => {
        const result = job(sql);
        return () => resolve(result);
      };
      if (this.#waiting.push({ isOneStatement, run, reject }) === 1) setImmediate(() => this.#writeNext());
    });
  }

  /** Runs again and again while something waits. */
  #writeNext(): void {
    const batch = this.#waiting.slice(0, mostPerCommit);
    const settlements = this.#commit(batch);
    if (settlements === 'locked') return void setTimeout(() => this.#writeNext(), lockDelayMs);
    this.#waiting.splice(0, batch.length);
    if (this.#waiting.length > 0) setImmediate(() => this.#writeNext());
    for (const settle of settlements) settle();
  }

  #commit(batch: readonly Write[]): readonly Settlement[] | 'locked' {
    try {
      this.#file.ensureInPlace();
      this.#sql.exec('BEGIN IMMEDIATE');
      this.#failedAttempts = 0;
      const settlements = batch.map((write) => this.#attempt(write));
      this.#sql.exec('COMMIT');
      return settlements;
    } catch (error) {
      if (this.#sql.inTransaction) this.#sql.exec('ROLLBACK');
      else if (this.#isWorthWaiting(error)) return 'locked';
      return batch.map(
        ({ reject }) =>
          () =>
            reject(error),
      );
    }
  }

  /** Runs one write, and undoes it alone where it fails. */
  #attempt(write: Write): Settlement {
    try {
      return write.isOneStatement ? write.run(this.#sql) : this.#runAsOne(write);
    } catch (error) {
      // On a full disk and the like, SQLite undoes the whole transaction by itself.
      if (!this.#sql.inTransaction) throw error;
      return () => write.reject(error);
    }
  }

  #runAsOne({ run }: Write): Settlement {
    this.#sql.exec('SAVEPOINT one_write');
    try {
      const settlement = run(this.#sql);
      this.#sql.exec('RELEASE one_write');
      return settlement;
    } catch (error) {
      if (this.#sql.inTransaction) {
        this.#sql.exec('ROLLBACK TO one_write');
        this.#sql.exec('RELEASE one_write');
      }
      throw error;
    }
  }

  /** Having waited in vain once, it fails at once until the lock is free again. */
  #isWorthWaiting(error: unknown): boolean {
    return sqliteCodeOf(error) === sqliteCodes.busy && ++this.#failedAttempts < lockAttempts;
  }
}
