import { sql } from 'kysely';
import type { RevokedFacts, StatusRegistry, WantedPlaces } from '../provider/index.ts';
import { build } from './query-builder.ts';
import type { Sql } from './sql.ts';
import { tokenOf } from './token-rows.ts';

export function createStatusRegistry(engine: Sql): StatusRegistry {
  return Object.freeze<StatusRegistry>({
    async give(wanted, now) {
      const row =
        (await engine.writeFirst(giveOfFirst(wanted, now))) ?? (await engine.writeFirst(giveOfNew(wanted, now)));
      if (row === undefined) throw new TypeError('No place was given.');
      return { list: row.list, seed: row.seed, first: row.given - wanted.count, count: wanted.count };
    },
    lists: async () => (await engine.all(allLists)).map(({ list }) => list),
    has: async (list) => (await engine.first(allLists.where('list', '=', list))) !== undefined,
    tokens: async (list, from, to) => (await engine.all(between(list, from, to))).map(tokenOf),
    async find(facts, limit) {
      const rows = await engine.all(fitting(facts).limit(limit));
      return rows.map(({ status_list, status_index }) => ({ list: status_list ?? 0, index: status_index ?? 0 }));
    },
    async findIn(list, facts) {
      const rows = await engine.all(fittingIn(list, facts));
      return rows.map(({ status_index }) => status_index ?? 0);
    },
    exchanged: async (list, values) => (await engine.all(exchangedFor(list, values))).map(tokenOf),
    purge: (size, givenBefore) => engine.write(purge(size, givenBefore)),
  });
}

const allLists = build.selectFrom('status_lists').select('list').orderBy('list');

/** The first list that has room. Of two who ask at once, the second finds what the first has left, or nothing. */
function giveOfFirst({ count, size }: WantedPlaces, now: number) {
  return build
    .updateTable('status_lists')
    .set((row) => ({ given: row('given', '+', count), given_at: now }))
    .where('given', '<=', size - count)
    .where('list', '=', (rows) =>
      rows
        .selectFrom('status_lists')
        .select((row) => row.fn.min('list').as('list'))
        .where('given', '<=', size - count),
    )
    .returning(['list', 'seed', 'given']);
}

function giveOfNew({ count, seed }: WantedPlaces, now: number) {
  return build
    .insertInto('status_lists')
    .values({ seed, given: count, given_at: now })
    .returning(['list', 'seed', 'given']);
}

function between(list: number, from: number, to: number) {
  return build
    .selectFrom('tokens')
    .selectAll()
    .where('status_list', '=', list)
    .where('status_index', '>=', from)
    .where('status_index', '<', to);
}

const places = build.selectFrom('tokens').select(['status_list', 'status_index']);

function fitting(facts: RevokedFacts) {
  return conditions(facts).reduce(
    (query, [column, operator, value]) => query.where(column, operator, value),
    places.where('status_list', 'is not', null),
  );
}

/** A subject may have a million tokens in all lists: as an expression, it is not what the planner begins with. */
function fittingIn(list: number, { subject, ...facts }: RevokedFacts) {
  const listed = build.selectFrom('tokens').select('status_index').where('status_list', '=', list);
  return conditions(facts).reduce(
    (query, [column, operator, value]) => query.where(column, operator, value),
    subject === undefined ? listed : listed.where(sql`subject || ''`, '=', subject),
  );
}

type Condition = readonly [
  'id' | 'hash' | 'subject' | 'client' | 'session' | 'key_id' | 'issued_at',
  '=' | '<',
  string | number,
];

function conditions({ id, hash, subject, client, session, keyId, issuedBefore }: RevokedFacts): readonly Condition[] {
  const equal = { id, hash, subject, client, session, key_id: keyId };
  const equals = Object.entries(equal).flatMap(([column, value]) =>
    value === undefined ? [] : [[column as keyof typeof equal, '=', value] as const],
  );
  return issuedBefore === undefined ? equals : [...equals, ['issued_at', '<', issuedBefore]];
}

/** What was exchanged stands there as text. What JSON may write in another way is passed over: more is found, not less. */
function exchangedFor(list: number, values: readonly string[] | undefined) {
  const exchanged = build.selectFrom('tokens').selectAll().where('exchanged_list', '=', list);
  if (values === undefined) return exchanged;
  const patterns = values.map((value) => `%${value.replace(/[^A-Za-z0-9.:@/+=~-]+/g, '%')}%`);
  return exchanged.where((row) => row.or(patterns.map((pattern) => row('subject_tokens', 'like', pattern))));
}

function purge(size: number, givenBefore: number) {
  return build
    .deleteFrom('status_lists')
    .where('given', '>=', size)
    .where('given_at', '<', givenBefore)
    .where((row) =>
      row.not(
        row.exists(row.selectFrom('tokens').select('id').whereRef('tokens.status_list', '=', 'status_lists.list')),
      ),
    );
}
