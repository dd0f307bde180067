import type { SqlConnection } from './sql-connection.ts';

/** Milliseconds between two looks; one look costs about five microseconds. */
const interval = 5;

/** Wakes its subscribers after any process, this one included, has committed to the database. */
export class ChangeWatch {
  readonly #reader: SqlConnection;
  readonly #subscribers = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #version: unknown;

  constructor(reader: SqlConnection) {
    this.#reader = reader;
  }

  /** @returns a function that ends the subscription */
  subscribe(wake: () => void): () => void {
    this.#subscribers.add(wake);
    this.#timer ??= setInterval(() => this.#look(), interval).unref();
    return () => {
      this.#subscribers.delete(wake);
      if (this.#subscribers.size === 0) this.stop();
    };
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const version = this.#dataVersion();
    if (version === this.#version) return;
    this.#version = version;
    for (const wake of this.#subscribers) wake();
  }

  /** Changes when another connection commits (https://www.sqlite.org/pragma.html#pragma_data_version). */
  #dataVersion(): unknown {
    try {
      return this.#reader.pragma('data_version');
    } catch (error) {
      return error; // Who is woken will find out, and knows what to do about it.
    }
  }
}
