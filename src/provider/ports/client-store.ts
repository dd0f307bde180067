import type { RegisteredClient } from '../registered-client.ts';

/** PORT. Clients that were registered through the admin API. Durable before a method resolves. */
export interface ClientStore {
  find(id: string): Promise<RegisteredClient | undefined>;
  /** By id, ascending. */
  list(): Promise<readonly RegisteredClient[]>;
  /** False where there is a client of this id already. */
  add(client: RegisteredClient): Promise<boolean>;
  /** False where there is no client of this id. */
  replace(client: RegisteredClient): Promise<boolean>;
  /** False where there was no client of this id. */
  remove(id: string): Promise<boolean>;
}
