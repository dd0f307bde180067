import type { TokenStore } from '../../opaque/index.ts';
import { tokenByHash, tokenRecordOf } from '../token-lookup.ts';
import type { DatabaseFile } from './database-file.ts';
import type { SqlConnection } from './sql-connection.ts';

/** Looks up our opaque tokens, synchronously: a cold request costs no turn of the event loop. */
export function createTokenStore(reader: SqlConnection, file: DatabaseFile): TokenStore {
  return Object.freeze<TokenStore>({
    find(hash) {
      file.ensureInPlace();
      return tokenRecordOf(reader.first(tokenByHash({ hash })));
    },
  });
}
