import type { EpochMs } from '../base/clock.ts';
import type { LogPosition, RevocationFilter } from '../revocation/index.ts';
import { purgeBatch } from './purge-in-batches.ts';
import { build } from './query-builder.ts';

/** The greatest sequence number ever given. */
export const headOfLog = build.selectFrom('revocation_log').select('head');

/**
 * The entries after a position, where the log ends, and whether the position is in its history: in one statement, so
 * that it is the answer of one moment. It has one row at least.
 */
export function entriesAfter({ seq, mark }: LogPosition, limit: number) {
  const entries = build.selectFrom('revocations').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit);
  const read = build.selectFrom('revocations').select('seq').where('seq', '=', seq).where('mark', '=', mark);
  return build
    .selectFrom('revocation_log as log')
    .leftJoin(entries.as('entry'), (join) => join.onTrue())
    .selectAll('entry')
    .select(['log.head', 'log.mark as head_mark'])
    .select((row) => row.or([row('log.mark', '=', mark), row.exists(read)]).as('is_known'))
    .orderBy('entry.seq');
}

export function newestEntries({ issuer, kind, value, actor, beforeSeq, limit }: RevocationFilter) {
  let query = build.selectFrom('revocations').selectAll().orderBy('seq', 'desc').limit(limit);
  if (issuer !== undefined) query = query.where('issuer', '=', issuer);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (value !== undefined) query = query.where('value', '=', value);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq);
  return query;
}

/** At most a batch of those whose time has come. The newest entry stays: by its mark, readers tell where they stand. */
export function deleteExpiredEntries(now: EpochMs) {
  return build
    .deleteFrom('revocations')
    .where('seq', 'in', (rows) =>
      rows
        .selectFrom('revocations')
        .select('seq')
        .where('expires_at', '<=', now)
        .where('seq', '<', headOfLog)
        .limit(purgeBatch),
    );
}
