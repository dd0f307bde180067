import type { SigningKey, SigningKeyStore, SigningKeys } from '../../provider/index.ts';
import { build } from './query-builder.ts';
import type { SqlConnection } from './sql-connection.ts';
import type { WriteQueue } from './write-queue.ts';

export function createSigningKeyStore(reader: SqlConnection, queue: WriteQueue): SigningKeyStore {
  return Object.freeze<SigningKeyStore>({
    read: async () => read(reader),
    replace: (revision, keys) =>
      queue.write((sql) => {
        if (read(sql).revision !== revision) return false;
        const row = { revision: revision + 1, keys: JSON.stringify(keys) };
        const insert = build.insertInto('signing_keys').values({ id: 1, ...row });
        sql.run(insert.onConflict((known) => known.column('id').doUpdateSet(row)));
        return true;
      }),
  });
}

function read(sql: SqlConnection): SigningKeys {
  const row = sql.first(build.selectFrom('signing_keys').select(['revision', 'keys']));
  if (row === undefined) return { revision: 0, keys: [] };
  const keys = JSON.parse(row.keys) as readonly SigningKey[];
  return { revision: row.revision, keys: keys.map((key) => ({ ...absent, ...key })) };
}

/** JSON has no undefined: what may be undefined is left out of the text, and put back here. */
const absent = { signsFrom: undefined, publishedUntil: undefined };
