import type { EpochMs } from '../base/clock.ts';
import type { TokenCount, TokenQuery, TokenRegistry, TokenSelection } from '../provider/index.ts';
import { purgeBatch, purgeInBatches } from './purge-in-batches.ts';
import { build } from './query-builder.ts';
import type { TokenRow } from './schema.ts';
import type { Sql } from './sql.ts';
import { template } from './template.ts';
import { rowOf, tokenOf } from './token-rows.ts';

export function createTokenRegistry(sql: Sql): TokenRegistry {
  return Object.freeze<TokenRegistry>({
    async record(token) {
      await sql.write(insert(rowOf(token)));
    },
    async find(hash) {
      const row = await sql.first(byHash({ hash }));
      return row === undefined ? undefined : tokenOf(row);
    },
    list: async (query) => (await sql.all(newestFirst(query))).map(tokenOf),
    count: async (query) => (await sql.first(counted(query)))?.count ?? 0,
    shorten: (selection, expiresAt) => sql.write(shortened(selection, expiresAt)),
    latestJwtExpiry: async () => (await sql.first(latestJwtExpiry))?.latest ?? undefined,
    purge: (now) => purgeInBatches(sql, purge(now)),
  });
}

const insert = template((row: TokenRow) => build.insertInto('tokens').values(row));

const byHash = template(({ hash }: { readonly hash: string }) =>
  build.selectFrom('tokens').selectAll().where('hash', '=', hash),
);

const latestJwtExpiry = build
  .selectFrom('tokens')
  .select((row) => row.fn.max('issued_until').as('latest'))
  .where('kind', '=', 'jwt');

function newestFirst({ liveAt, after, limit, ...selection }: TokenQuery) {
  let query = build.selectFrom('tokens').selectAll().where('expires_at', '>', liveAt);
  query = query.where((row) => row.and(criteria(selection)));
  if (after !== undefined) {
    query = query.where((row) => row(row.refTuple('issued_at', 'id'), '<', row.tuple(after.issuedAt, after.id)));
  }
  return query.orderBy('issued_at', 'desc').orderBy('id', 'desc').limit(limit);
}

function counted({ liveAt, issuedUntil, client, subject }: TokenCount) {
  return build
    .selectFrom('tokens')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('expires_at', '>', liveAt)
    .where('issued_at', '<', Math.floor(issuedUntil) + 1)
    .where((row) => row.and(criteria({ client, subject })));
}

/** `expires_at` only ever moves towards the present. */
function shortened(selection: TokenSelection, expiresAt: EpochMs) {
  return build
    .updateTable('tokens')
    .set({ expires_at: expiresAt })
    .where('expires_at', '>', expiresAt)
    .where((row) => row.and(criteria(selection)));
}

function criteria({ id, client, subject, grantId }: TokenSelection): Partial<TokenRow> {
  return {
    ...(id !== undefined && { id }),
    ...(client !== undefined && { client }),
    ...(subject !== undefined && { subject }),
    ...(grantId !== undefined && { grant_id: grantId }),
  };
}

function purge(now: EpochMs) {
  return build.deleteFrom('tokens').where('hash', 'in', (rows) =>
    rows
      .selectFrom('tokens')
      .select('hash')
      .where('kind', 'in', ['jwt', 'opaque']) // The index by end begins with the kind.
      .where('issued_until', '<=', now)
      .limit(purgeBatch),
  );
}
