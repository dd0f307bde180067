import type { TokenStore } from '../../opaque/index.ts';
import { tokenByHash, tokenRecordOf } from '../token-lookup.ts';
import type { SqlConnection } from './sql-connection.ts';

/** Looks up our opaque tokens, synchronously: a cold request costs no turn of the event loop. */
export function createTokenStore(reader: SqlConnection): TokenStore {
  return Object.freeze<TokenStore>({ find: (hash) => tokenRecordOf(reader.first(tokenByHash(hash))) });
}
