import type { Compilable } from 'kysely';
import { Client, type ClientConfig, type QueryConfig } from 'pg';
import { sha256Hex } from '../../base/sha256.ts';
import { StoreUnavailable } from '../../base/store-unavailable.ts';
import type { Sql } from '../sql.ts';
import { BackOff } from './back-off.ts';
import { storeError } from './postgres-error.ts';
import { prepareSession } from './prepare-session.ts';
import { statementOf } from './sql-connections.ts';

/** What an append notifies of; it carries no payload, since what is new is read from the log. */
export const appendChannel = 'gatehouse_revocations';

/** Milliseconds for a read: a connection that is dead without a word must be given up before the index is stale. */
const readTimeout = 2000;

/**
 * One connection of its own for following something: it listens, and is read on, so that whoever follows waits for no
 * other work and notices at once, by its own reads, when the connection is dead. Wakes its subscribers when it is
 * notified, and whenever it has connected: notifications that were sent meanwhile are lost.
 */
export class ChangeWatch implements Pick<Sql, 'all'> {
  readonly #config: ClientConfig;
  readonly #channel: string;
  readonly #subscribers = new Set<() => void>();
  readonly #backOff = new BackOff();
  #client: Promise<Client> | undefined;
  #isClosed = false;

  constructor(config: ClientConfig, channel: string) {
    this.#channel = channel;
    this.#config = { ...config, query_timeout: readTimeout, connectionTimeoutMillis: readTimeout, pipeline: true };
  }

  /** @returns a function that ends the subscription */
  subscribe(wake: () => void): () => void {
    this.#subscribers.add(wake);
    this.#stayConnected();
    return () => this.#subscribers.delete(wake);
  }

  async all<Row>(query: Compilable<Row>): Promise<readonly Row[]> {
    const connecting = this.#connected();
    try {
      const client = await connecting;
      return (await client.query(prepared(statementOf(query)))).rows;
    } catch (error) {
      this.#giveUp(connecting);
      throw storeError(error);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#subscribers.clear();
    this.#backOff.stop();
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }

  /** The connection there is, or that is being made. */
  #connected(): Promise<Client> {
    if (this.#client !== undefined) return this.#client;
    if (this.#isClosed) return Promise.reject(new StoreUnavailable('The store is closed.'));
    if (this.#backOff.isWaiting) return Promise.reject(new StoreUnavailable('The database cannot be reached.'));
    const connecting = this.#connect(() => this.#giveUp(connecting));
    this.#client = connecting;
    return connecting;
  }

  async #connect(lost: () => void): Promise<Client> {
    const client = new Client(this.#config);
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', () => this.#wake());
    try {
      await client.connect();
      await prepareSession(client);
      await client.query(`LISTEN ${this.#channel}`);
    } catch (error) {
      client.end().catch(() => undefined);
      lost();
      throw error;
    }
    this.#backOff.succeeded();
    this.#wake();
    return client;
  }

  #giveUp(connecting: Promise<Client>): void {
    if (this.#client !== connecting) return;
    this.#client = undefined;
    connecting.then((client) => client.end()).catch(() => undefined);
    if (!this.#isClosed) this.#backOff.failed(() => this.#stayConnected());
  }

  #stayConnected(): void {
    if (this.#subscribers.size > 0) this.#connected().catch(() => undefined);
  }

  #wake(): void {
    for (const wake of this.#subscribers) wake();
  }
}

/** Read again and again, it is planned once for a connection: that is most of what a read costs. */
function prepared(statement: QueryConfig): QueryConfig {
  return { ...statement, name: sha256Hex(statement.text).slice(0, 32) };
}
