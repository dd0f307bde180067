import type { ClientStore, RegisteredClient } from '../provider/index.ts';
import { build } from './query-builder.ts';
import type { Sql } from './sql.ts';

export function createClientStore(sql: Sql): ClientStore {
  return Object.freeze<ClientStore>({
    async find(id) {
      const row = await sql.first(build.selectFrom('clients').select('client').where('id', '=', id));
      return row === undefined ? undefined : clientOf(row);
    },
    list: async () => (await sql.all(build.selectFrom('clients').select('client').orderBy('id'))).map(clientOf),
    async add(client) {
      const row = { id: client.id, client: JSON.stringify(client) };
      const insert = build
        .insertInto('clients')
        .values(row)
        .onConflict((known) => known.doNothing());
      return (await sql.write(insert)) === 1;
    },
    async replace(client) {
      const row = { client: JSON.stringify(client) };
      const update = build.updateTable('clients').set(row).where('id', '=', client.id);
      return (await sql.write(update)) === 1;
    },
    async remove(id) {
      return (await sql.write(build.deleteFrom('clients').where('id', '=', id))) === 1;
    },
  });
}

/** JSON has no undefined: what may be undefined is left out of the text, and put back here. */
const absent = { name: undefined, secretHash: undefined, jwks: undefined, apis: undefined };

function clientOf({ client }: { readonly client: string }): RegisteredClient {
  return { ...absent, ...(JSON.parse(client) as RegisteredClient) };
}
