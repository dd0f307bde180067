import type { SecretStore } from '../provider/index.ts';
import { build } from './query-builder.ts';
import type { Sql } from './sql.ts';

export function createSecretStore(sql: Sql): SecretStore {
  return Object.freeze<SecretStore>({
    async readOrCreate(name, fresh) {
      const row = await sql.writeFirst(insertUnlessKnown(name, fresh));
      if (row === undefined) throw new Error('The store returned no row for a secret that it was given.');
      return row.value;
    },
  });
}

/** A conflict changes nothing, but returns the row that is there. */
function insertUnlessKnown(name: string, fresh: string) {
  return build
    .insertInto('secrets')
    .values({ name, value: fresh })
    .onConflict((known) => known.column('name').doUpdateSet({ name }))
    .returning('value');
}
