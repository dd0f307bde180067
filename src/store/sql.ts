import type { Compilable } from 'kysely';

/**
 * PORT of the engines: what the ports of the domain ask of either. Each call is one statement, which counts as a whole
 * or not at all. All of it rejects with StoreUnavailable where the database cannot be asked.
 */
export interface Sql {
  all<Row>(query: Compilable<Row>): Promise<readonly Row[]>;
  first<Row>(query: Compilable<Row>): Promise<Row | undefined>;
  /** Resolves when it is durable, with how many rows it has changed. */
  write(query: Compilable<unknown>): Promise<number>;
  /** Resolves when it is durable, with the first row that the statement returns. */
  writeFirst<Row>(query: Compilable<Row>): Promise<Row | undefined>;
}
