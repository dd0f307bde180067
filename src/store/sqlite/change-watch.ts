import type { SqlConnection } from './sql-connection.ts';

type NewsOf = (reader: SqlConnection) => unknown;

/** Milliseconds between two looks; one look costs about five microseconds. */
const interval = 5;

/** Wakes its subscribers after any process, this one included, has committed what they wait for. */
export class ChangeWatch {
  readonly #reader: SqlConnection;
  readonly #newsOf: NewsOf;
  readonly #subscribers = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #version: unknown;
  #news: unknown;

  /** @param newsOf read after each commit to the database; another value is worth waking for. Default: each commit is */
  constructor(reader: SqlConnection, newsOf: NewsOf = () => this.#version) {
    this.#reader = reader;
    this.#newsOf = newsOf;
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
    const version = this.#read(dataVersion);
    if (version === this.#version) return;
    this.#version = version;
    const news = this.#read(this.#newsOf);
    if (news === this.#news) return;
    this.#news = news;
    for (const wake of this.#subscribers) wake();
  }

  #read(what: NewsOf): unknown {
    try {
      return what(this.#reader);
    } catch (error) {
      return error; // Who is woken will find out, and knows what to do about it.
    }
  }
}

/** Changes when another connection commits (https://www.sqlite.org/pragma.html#pragma_data_version). */
function dataVersion(reader: SqlConnection): unknown {
  return reader.pragma('data_version');
}
