import type { SigningKey, SigningKeyStore, SigningKeys } from '../provider/index.ts';
import { build } from './query-builder.ts';
import type { Sql } from './sql.ts';

export function createSigningKeyStore(sql: Sql): SigningKeyStore {
  return Object.freeze<SigningKeyStore>({
    async read() {
      const row = await sql.first(build.selectFrom('signing_keys').select(['revision', 'keys']));
      return row === undefined ? { revision: 0, keys: [] } : signingKeysOf(row);
    },
    async replace(revision, keys) {
      const row = { revision: revision + 1, keys: JSON.stringify(keys) };
      return (await sql.write(revision === 0 ? insert(row) : update(revision, row))) === 1;
    },
  });
}

interface Row {
  readonly revision: number;
  readonly keys: string;
}

/** Of two who are first, one changes nothing. */
function insert(row: Row) {
  return build
    .insertInto('signing_keys')
    .values({ id: 1, ...row })
    .onConflict((known) => known.doNothing());
}

function update(revision: number, row: Row) {
  return build.updateTable('signing_keys').set(row).where('revision', '=', revision);
}

function signingKeysOf(row: Row): SigningKeys {
  const keys = JSON.parse(row.keys) as readonly SigningKey[];
  return { revision: row.revision, keys: keys.map((key) => ({ ...absent, ...key })) };
}

/** JSON has no undefined: what may be undefined is left out of the text, and put back here. */
const absent = { signsFrom: undefined, publishedUntil: undefined };
