import type { TokenStore } from '../../opaque/index.ts';
import { build } from './query-builder.ts';
import type { SqlConnection } from './sql-connection.ts';
import { readJsonObject } from './stored-json.ts';

/** Looks up our opaque tokens, synchronously: a cold request costs no turn of the event loop. */
export function createTokenStore(reader: SqlConnection): TokenStore {
  return Object.freeze<TokenStore>({
    find(hash) {
      const row = reader.first(byHash(hash));
      if (row === undefined || row.claims === null) return undefined;
      return { claims: readJsonObject(row.claims), expiresAt: row.expires_at };
    },
  });
}

function byHash(hash: string) {
  return build
    .selectFrom('tokens')
    .select(['claims', 'expires_at'])
    .where('hash', '=', hash)
    .where('kind', '=', 'opaque');
}
