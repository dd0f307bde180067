import type { EpochMs, NumericDate } from '../../base/clock.ts';
import type { Artifact, ArtifactStore } from '../../provider/index.ts';
import { purgeBatch, purgeInBatches } from './purge-in-batches.ts';
import { build } from './query-builder.ts';
import type { ArtifactRow } from './schema.ts';
import type { SqlConnection } from './sql-connection.ts';
import type { WriteQueue } from './write-queue.ts';

export function createArtifactStore(reader: SqlConnection, queue: WriteQueue): ArtifactStore {
  return Object.freeze<ArtifactStore>({
    async put(artifact) {
      await queue.write((sql) => sql.run(upsert(artifact)));
    },
    async add(artifact, now) {
      const { changes } = await queue.write((sql) => sql.run(insertUnlessLive(artifact, now)));
      return changes === 1;
    },
    async find(model, key) {
      return artifactOf(reader.first(select(model).where('key', '=', key)));
    },
    async findByUid(model, uid) {
      return artifactOf(reader.first(select(model).where('uid', '=', uid)));
    },
    async consume(model, key, at) {
      const { changes } = await queue.write((sql) => sql.run(markUsed(model, key, at)));
      return changes === 1;
    },
    async remove(model, key) {
      const row = build.deleteFrom('artifacts').where('model', '=', model).where('key', '=', key);
      await queue.write((sql) => sql.run(row));
    },
    async removeByGrant(grantId) {
      await queue.write((sql) => sql.run(build.deleteFrom('artifacts').where('grant_id', '=', grantId)));
    },
    purge: (now) => purgeInBatches(queue, purge(now)),
  });
}

function select(model: string) {
  return build.selectFrom('artifacts').selectAll().where('model', '=', model);
}

function upsert(artifact: Artifact) {
  const { model, key, ...rest } = rowOf(artifact);
  return build
    .insertInto('artifacts')
    .values({ model, key, ...rest })
    .onConflict((row) => row.columns(['model', 'key']).doUpdateSet(rest));
}

/** One statement decides and writes: of two who add the same, one changes nothing. */
function insertUnlessLive(artifact: Artifact, now: EpochMs) {
  const { model, key, ...rest } = rowOf(artifact);
  return build
    .insertInto('artifacts')
    .values({ model, key, ...rest })
    .onConflict((row) => row.columns(['model', 'key']).doUpdateSet(rest).where('artifacts.expires_at', '<=', now));
}

function markUsed(model: string, key: string, at: NumericDate) {
  return build
    .updateTable('artifacts')
    .set({ consumed_at: at })
    .where('model', '=', model)
    .where('key', '=', key)
    .where('consumed_at', 'is', null);
}

function purge(now: EpochMs) {
  return build
    .deleteFrom('artifacts')
    .where((row) =>
      row(
        row.refTuple('model', 'key'),
        'in',
        row
          .selectFrom('artifacts')
          .select(['model', 'key'])
          .where('expires_at', '<=', now)
          .limit(purgeBatch)
          .$asTuple('model', 'key'),
      ),
    );
}

function rowOf({ model, key, payload, grantId, uid, consumedAt, expiresAt }: Artifact): ArtifactRow {
  return {
    model,
    key,
    payload: JSON.stringify(payload),
    grant_id: grantId ?? null,
    uid: uid ?? null,
    consumed_at: consumedAt ?? null,
    expires_at: expiresAt,
  };
}

function artifactOf(row: ArtifactRow | undefined): Artifact | undefined {
  if (row === undefined) return undefined;
  return {
    model: row.model,
    key: row.key,
    payload: JSON.parse(row.payload) as Artifact['payload'],
    grantId: row.grant_id ?? undefined,
    uid: row.uid ?? undefined,
    consumedAt: row.consumed_at ?? undefined,
    expiresAt: row.expires_at,
  };
}
