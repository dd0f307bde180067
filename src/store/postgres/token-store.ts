import type { TokenStore } from '../../opaque/index.ts';
import type { Sql } from '../sql.ts';
import { tokenByHash, tokenRecordOf } from '../token-lookup.ts';

/** Looks up our opaque tokens: a cold request waits for one round trip. */
export function createTokenStore(sql: Sql): TokenStore {
  return Object.freeze<TokenStore>({ find: async (hash) => tokenRecordOf(await sql.first(tokenByHash({ hash }))) });
}
