import type { ClientStore, RegisteredClient } from '../../provider/index.ts';
import { build } from './query-builder.ts';
import type { SqlConnection } from './sql-connection.ts';
import type { WriteQueue } from './write-queue.ts';

export function createClientStore(reader: SqlConnection, queue: WriteQueue): ClientStore {
  return Object.freeze<ClientStore>({
    async find(id) {
      const row = reader.first(build.selectFrom('clients').select('client').where('id', '=', id));
      return row === undefined ? undefined : clientOf(row);
    },
    list: async () => reader.all(build.selectFrom('clients').select('client').orderBy('id')).map(clientOf),
    async add(client) {
      const row = { id: client.id, client: JSON.stringify(client) };
      const insert = build
        .insertInto('clients')
        .values(row)
        .onConflict((known) => known.doNothing());
      return (await queue.write((sql) => sql.run(insert))).changes === 1;
    },
    async replace(client) {
      const row = { client: JSON.stringify(client) };
      const update = build.updateTable('clients').set(row).where('id', '=', client.id);
      return (await queue.write((sql) => sql.run(update))).changes === 1;
    },
    async remove(id) {
      const remove = build.deleteFrom('clients').where('id', '=', id);
      return (await queue.write((sql) => sql.run(remove))).changes === 1;
    },
  });
}

/** JSON has no undefined: what may be undefined is left out of the text, and put back here. */
const absent = { name: undefined, secretHash: undefined, jwks: undefined, apis: undefined };

function clientOf({ client }: { readonly client: string }): RegisteredClient {
  return { ...absent, ...(JSON.parse(client) as RegisteredClient) };
}
