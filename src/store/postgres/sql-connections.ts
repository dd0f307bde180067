import { type Compilable, PostgresQueryCompiler } from 'kysely';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { StoreUnavailable } from '../../base/store-unavailable.ts';
import type { Sql } from '../sql.ts';
import { statementsBy } from '../template.ts';
import { BackOff } from './back-off.ts';
import { isConflict, storeError } from './postgres-error.ts';
import { fromWire, toWire } from './wire-values.ts';

/** How often a statement runs that others get in the way of. */
const mostAttempts = 3;

const compiled = statementsBy(new PostgresQueryCompiler());

/** A built query as the client of PostgreSQL takes it. */
export function statementOf(query: Compilable<unknown>): QueryConfig {
  const { sql, parameters } = compiled(query);
  return { text: sql, values: parameters.map(toWire), types: fromWire };
}

/**
 * Runs built queries on the connections of a pool, each statement a transaction of its own. While the server cannot be
 * reached, callers are told so at once, but for the few whose turn it is to try again.
 */
export class SqlConnections implements Sql {
  readonly #pool: Pool;
  readonly #backOff = new BackOff();

  constructor(pool: Pool) {
    this.#pool = pool;
    // A connection that breaks fails what is under way on it; one that nobody uses is replaced when it is needed.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async all<Row>(query: Compilable<Row>): Promise<readonly Row[]> {
    return (await this.#run(query)).rows as Row[];
  }

  async first<Row>(query: Compilable<Row>): Promise<Row | undefined> {
    return (await this.#run(query)).rows[0] as Row | undefined;
  }

  async write(query: Compilable<unknown>): Promise<number> {
    return (await this.#run(query)).rowCount ?? 0;
  }

  writeFirst<Row>(query: Compilable<Row>): Promise<Row | undefined> {
    return this.first(query);
  }

  async close(): Promise<void> {
    this.#backOff.stop();
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #run(query: Compilable<unknown>): Promise<QueryResult> {
    const statement = statementOf(query);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(statement);
      } catch (error) {
        if (attempt === mostAttempts || !isConflict(error)) throw storeError(error);
      }
    }
  }

  async #attempt(statement: QueryConfig): Promise<QueryResult> {
    const client = await this.#connect();
    let isSound = false;
    try {
      const result = await client.query(statement);
      isSound = true;
      return result;
    } catch (error) {
      isSound = !(storeError(error) instanceof StoreUnavailable);
      throw error;
    } finally {
      client.release(!isSound);
    }
  }

  async #connect(): Promise<PoolClient> {
    if (this.#backOff.isWaiting) throw new StoreUnavailable('The database cannot be reached.');
    try {
      const client = await this.#pool.connect();
      this.#backOff.succeeded();
      return client;
    } catch (error) {
      this.#backOff.failed();
      throw error;
    }
  }
}
