import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type Compilable, SqliteQueryCompiler } from 'kysely';
import { statementsBy } from '../template.ts';
import { storeError } from './sqlite-error.ts';

/** Statements that are kept prepared; queries of varying shape must not pile up. */
const mostStatements = 256;

const statementOf = statementsBy(new SqliteQueryCompiler());

/**
 * Runs built queries on one connection, synchronously: no other code runs between two statements of a caller. All of it
 * throws StoreUnavailable where the database cannot be read or written.
 */
export class SqlConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  all<Row>(query: Compilable<Row>): Row[] {
    const { sql, parameters } = statementOf(query);
    return this.#run(sql, (statement) => statement.all(...(parameters as SQLInputValue[]))) as Row[];
  }

  first<Row>(query: Compilable<Row>): Row | undefined {
    const { sql, parameters } = statementOf(query);
    return this.#run(sql, (statement) => statement.get(...(parameters as SQLInputValue[]))) as Row | undefined;
  }

  /** @returns how many rows the statement changed */
  run(query: Compilable<unknown>): number {
    const { sql, parameters } = statementOf(query);
    return Number(this.#run(sql, (statement) => statement.run(...(parameters as SQLInputValue[]))).changes);
  }

  /** Runs SQL that the query builder has no words for. */
  exec(sql: string): void {
    this.#run(sql, (statement) => statement.run());
  }

  /** The value of a pragma such as `data_version`. */
  pragma(name: string): unknown {
    return this.#run(`PRAGMA ${name}`, (statement) => statement.get())?.[name];
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #run<Result>(sql: string, use: (statement: StatementSync) => Result): Result {
    try {
      return use(this.#prepare(sql));
    } catch (error) {
      throw storeError(error);
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= mostStatements) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
