import type { Clock } from '../base/clock.ts';
import {
  type PreparedRevocation,
  prepareRevocations,
  type Revocation,
  type RevocationLog,
  revocationsAppended,
} from '../revocation/index.ts';
import { purgeInBatches } from './purge-in-batches.ts';
import { deleteExpiredEntries, entriesAfter, headOfLog, newestEntries } from './revocation-queries.ts';
import { pageOf, revocationOf } from './revocation-rows.ts';
import type { Sql } from './sql.ts';

export interface RevocationLogParts {
  readonly sql: Sql;
  /** What followers read on. */
  readonly following: Pick<Sql, 'all'>;
  /** Gives the entries their numbers and a mark; resolves when they are durable. */
  append(entries: readonly PreparedRevocation[]): Promise<readonly Revocation[]>;
  subscribe(wake: () => void): () => void;
  readonly clock: Clock;
}

/** What both engines do alike; how entries become visible in order is theirs. */
export function createRevocationLog({ sql, following, append, subscribe, clock }: RevocationLogParts): RevocationLog {
  return Object.freeze<RevocationLog>({
    async append(entries) {
      const prepared = prepareRevocations(entries, clock());
      if (prepared.length === 0) return [];
      const appended = await append(prepared);
      revocationsAppended.announce({ entries: appended });
      return appended;
    },
    readAfter: async (position, limit) =>
      pageOf(position, await following.all(entriesAfter({ ...position, limit })), limit),
    head: async () => (await sql.first(headOfLog))?.head ?? 0,
    list: async (filter) => (await sql.all(newestEntries(filter))).map(revocationOf),
    purge: (now) => purgeInBatches(sql, deleteExpiredEntries(now)),
    subscribe,
  });
}
