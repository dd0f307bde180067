import type { Selectable } from 'kysely';
import type { Clock, EpochMs } from '../../base/clock.ts';
import {
  prepareRevocations,
  type Revocation,
  type RevocationFilter,
  type RevocationKind,
  type RevocationLog,
  revocationsAppended,
} from '../../revocation/index.ts';
import { appendRevocations } from './append-revocations.ts';
import type { ChangeWatch } from './change-watch.ts';
import { purgeBatch, purgeInBatches } from './purge-in-batches.ts';
import { build } from './query-builder.ts';
import type { RevocationRow } from './schema.ts';
import type { SqlConnection } from './sql-connection.ts';
import type { WriteQueue } from './write-queue.ts';

export interface RevocationLogParts {
  readonly reader: SqlConnection;
  readonly queue: WriteQueue;
  readonly watch: ChangeWatch;
  readonly clock: Clock;
}

/** SQLite has one writer at a time: entries become visible in the order of their sequence numbers. */
export function createRevocationLog({ reader, queue, watch, clock }: RevocationLogParts): RevocationLog {
  return Object.freeze<RevocationLog>({
    async append(entries) {
      const prepared = prepareRevocations(entries, clock());
      if (prepared.length === 0) return [];
      const appended = await queue.write((sql) => appendRevocations(sql, prepared));
      revocationsAppended.announce({ entries: appended });
      return appended;
    },
    readAfter: async (seq, limit) => reader.all(following(seq, limit)).map(revocationOf),
    head: async () => reader.first(head)?.seq ?? 0,
    list: async (filter) => reader.all(newestFirst(filter)).map(revocationOf),
    purge: (now) => purgeInBatches(queue, purge(now)),
    subscribe: (wake) => watch.subscribe(wake),
  });
}

/** AUTOINCREMENT keeps its count in a table of its own (https://www.sqlite.org/autoinc.html). */
const head = build.selectFrom('sqlite_sequence').select('seq').where('name', '=', 'revocations');

function following(seq: number, limit: number) {
  return build.selectFrom('revocations').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit);
}

function newestFirst({ issuer, kind, value, actor, beforeSeq, limit }: RevocationFilter) {
  let query = build.selectFrom('revocations').selectAll().orderBy('seq', 'desc').limit(limit);
  if (issuer !== undefined) query = query.where('issuer', '=', issuer);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (value !== undefined) query = query.where('value', '=', value);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq);
  return query;
}

function purge(now: EpochMs) {
  return build
    .deleteFrom('revocations')
    .where('seq', 'in', (rows) =>
      rows.selectFrom('revocations').select('seq').where('expires_at', '<=', now).limit(purgeBatch),
    );
}

/** Member by member: a gateway that starts reads a million rows. */
function revocationOf(row: Selectable<RevocationRow>): Revocation {
  return {
    seq: row.seq,
    at: row.at,
    issuer: row.issuer,
    kind: row.kind as RevocationKind,
    value: row.value,
    client: row.client ?? undefined,
    before: row.before ?? undefined,
    from: row.begins_at ?? undefined,
    expiresAt: row.expires_at,
    reason: row.reason ?? undefined,
    actor: row.actor,
  };
}
