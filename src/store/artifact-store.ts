import type { EpochMs, NumericDate } from '../base/clock.ts';
import type { Artifact, ArtifactStore } from '../provider/index.ts';
import { purgeBatch, purgeInBatches } from './purge-in-batches.ts';
import { build } from './query-builder.ts';
import type { ArtifactRow } from './schema.ts';
import type { Sql } from './sql.ts';
import { template } from './template.ts';

export function createArtifactStore(sql: Sql): ArtifactStore {
  return Object.freeze<ArtifactStore>({
    async put(artifact) {
      await sql.write(upsert(rowOf(artifact)));
    },
    async add(artifact, now) {
      return (await sql.write(insertUnlessLive({ ...rowOf(artifact), now }))) === 1;
    },
    async find(model, key) {
      return artifactOf(await sql.first(byKey({ model, key })));
    },
    async findByUid(model, uid) {
      return artifactOf(await sql.first(byUid({ model, uid })));
    },
    async consume(model, key, at) {
      return (await sql.write(markUsed({ model, key, at }))) === 1;
    },
    async remove(model, key) {
      await sql.write(removeByKey({ model, key }));
    },
    async removeByGrant(grantId) {
      await sql.write(build.deleteFrom('artifacts').where('grant_id', '=', grantId));
    },
    purge: (now) => purgeInBatches(sql, purge(now)),
  });
}

interface Key {
  readonly model: string;
  readonly key: string;
}

const byKey = template(({ model, key }: Key) =>
  build.selectFrom('artifacts').selectAll().where('model', '=', model).where('key', '=', key),
);

const byUid = template(({ model, uid }: { readonly model: string; readonly uid: string }) =>
  build.selectFrom('artifacts').selectAll().where('model', '=', model).where('uid', '=', uid),
);

const upsert = template(({ model, key, ...rest }: ArtifactRow) =>
  build
    .insertInto('artifacts')
    .values({ model, key, ...rest })
    .onConflict((row) => row.columns(['model', 'key']).doUpdateSet(rest)),
);

/** One statement decides and writes: of two who add the same, one changes nothing. */
const insertUnlessLive = template(({ now, model, key, ...rest }: ArtifactRow & { readonly now: EpochMs }) =>
  build
    .insertInto('artifacts')
    .values({ model, key, ...rest })
    .onConflict((row) => row.columns(['model', 'key']).doUpdateSet(rest).where('artifacts.expires_at', '<=', now)),
);

const markUsed = template(({ model, key, at }: Key & { readonly at: NumericDate }) =>
  build
    .updateTable('artifacts')
    .set({ consumed_at: at })
    .where('model', '=', model)
    .where('key', '=', key)
    .where('consumed_at', 'is', null),
);

const removeByKey = template(({ model, key }: Key) =>
  build.deleteFrom('artifacts').where('model', '=', model).where('key', '=', key),
);

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
