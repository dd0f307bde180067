import { sql } from 'kysely';
import type { EpochMs } from '../base/clock.ts';
import type { LogPosition, RevocationFilter } from '../revocation/index.ts';
import { purgeBatch } from './purge-in-batches.ts';
import { build } from './query-builder.ts';
import type { FollowingRow } from './revocation-rows.ts';
import { template } from './template.ts';

/** The greatest sequence number ever given. */
export const headOfLog = build.selectFrom('revocation_log').select('head').where('id', '=', 1);

/** By which append it ends: each leaves another mark. */
export const markOfEnd = template(() => build.selectFrom('revocation_log').select('mark').where('id', '=', 1));

/** What an entry has besides its position. */
const facts = [
  'at',
  'issuer',
  'kind',
  'value',
  'client',
  'before',
  'begins_at',
  'expires_at',
  'reason',
  'actor',
] as const;

/**
 * The entries after a position, and a row for the end of the log, which says whether the position is in its history:
 * in one statement, so that it is the answer of one moment.
 */
export const entriesAfter = template(({ seq, mark, limit }: LogPosition & { readonly limit: number }) => {
  const read = build.selectFrom('revocations').select('seq').where('seq', '=', seq).where('mark', '=', mark);
  const entries = build
    .selectFrom('revocations')
    .select(['seq', 'mark', ...facts])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit);
  return build
    .selectFrom('revocation_log as log')
    .select(['log.head as seq', 'log.mark'])
    .select((row) => facts.map((fact) => row.lit(null).as(fact)))
    .select((row) => row.or([row('log.mark', '=', mark), row.exists(read)]).as('is_known'))
    .where('log.id', '=', 1)
    .$castTo<FollowingRow>()
    .unionAll(
      build
        .selectFrom(entries.as('entry'))
        .selectAll()
        .select((row) => row.lit(null).as('is_known'))
        .$castTo<FollowingRow>(),
    );
});

/** Milliseconds by which the clocks of those who append may differ. */
const clockSkew = 60_000;

export function newestEntries({ issuer, kind, value, actor, since, beforeSeq, limit }: RevocationFilter) {
  let query = build.selectFrom('revocations').selectAll().orderBy('seq', 'desc').limit(limit);
  if (issuer !== undefined) query = query.where('issuer', '=', issuer);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (value !== undefined) query = query.where('value', '=', value);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  // There is no index by time: nothing is read beyond the newest entry that is older by all clocks.
  if (since !== undefined) query = query.where('at', '>=', since).where('seq', '>', newestBefore(since - clockSkew));
  if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq);
  return query;
}

function newestBefore(at: EpochMs) {
  const older = build.selectFrom('revocations').select('seq').where('at', '<', at).orderBy('seq', 'desc').limit(1);
  return sql<number>`coalesce((${older}), 0)`;
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
