import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';
import { anIssuedToken } from '../../../test/fixtures/an-issued-token.ts';
import { createRevocations, type NewRevocation, type RevocationLog } from '../../revocation/index.ts';
import { deathOf } from '../death-of-token.ts';
import type { IssuedToken } from '../ports/token-registry.ts';
import { StatusBoard } from './status-board.ts';

const issuer = 'https://id.example';
const foreign = 'https://acme.example';
const start = 1_790_000_000_000;
const second = start / 1000;

/** A board over a real store, with a clock that is the test's. */
async function aBoard(
  t: Pick<TestContext, 'after'>,
  wrapLog: (log: RevocationLog) => Pick<RevocationLog, 'readAfter'> = (log) => log,
) {
  let now = start;
  const clock = (): number => now;
  const { store, close } = aSqliteStore(clock);
  const revocations = createRevocations({ log: store.revocationLog, clock, pollMs: 10_000 });
  await revocations.start();
  const { statusRegistry: registry, tokenRegistry } = store;
  const board = new StatusBoard({ issuer, clock, registry, revocations, log: wrapLog(store.revocationLog) });
  t.after(async () => {
    board.stop();
    await revocations.stop();
    await close();
  });
  const { list } = await registry.give({ count: 64, size: 64, seed: 's' }, now);
  const { list: next } = await registry.give({ count: 64, size: 64, seed: 's' }, now);
  return {
    board,
    revocations,
    store,
    lists: [list, next],
    tokens: [] as IssuedToken[],
    async record(facts: Partial<IssuedToken>) {
      const expiresAt = start + 3_600_000;
      const base = { kind: 'jwt', claims: undefined, expiresAt, issuedUntil: expiresAt } as const;
      await tokenRegistry.record(anIssuedToken({ ...base, ...facts }));
    },
    revoke: (entry: Partial<NewRevocation>) =>
      revocations.revoke([{ issuer, kind: 'jti', value: 'x', actor: 'test', expiresAt: start + 1e10, ...entry }]),
    pass: (ms: number) => {
      now += ms;
    },
    now: clock,
    async says(number: number): Promise<readonly number[]> {
      const found = (await board.find(number)) ?? assert.fail(`There is no list ${number}.`);
      let lst = '';
      await found.signed(Math.floor(now / 1000) + Math.random(), (encoded) => {
        lst = encoded.lst;
        return '';
      });
      const bytes = inflateSync(Buffer.from(lst, 'base64url'));
      return Array.from({ length: 64 }, (_, index) => index).filter(
        (index) => ((bytes[index >> 3] ?? 0) >> (index & 7)) & 1,
      );
    },
  };
}

const names = fc.constantFrom('a', 'b', 'c');
const seconds = fc.integer({ min: -3, max: 3 }).map((offset) => second + offset);
const parent = fc.record({
  issuer: fc.constantFrom(foreign, issuer),
  hash: fc.constantFrom('aa'.repeat(32), 'bb'.repeat(32)),
  id: names,
  subject: names,
  client: names,
  session: names,
  keyId: names,
  issuedAt: seconds,
});
const token = fc.record({
  client: names,
  subject: names,
  session: fc.option(names, { nil: undefined }),
  keyId: names,
  issuedAt: seconds,
  subjectTokens: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(parent, { maxLength: 2 }) },
  ),
});
const entry = fc.record({
  issuer: fc.constantFrom(issuer, issuer, foreign),
  kind: fc.constantFrom('jti', 'token', 'subject', 'client', 'session', 'key', 'issuer'),
  name: names,
  client: fc.option(names, { nil: undefined }),
  before: seconds,
  from: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  which: fc.nat(20),
} as const);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('revoke' as const), entry }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ask' as const), list: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('record' as const), token, list: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const) }) },
);

type Entry = typeof entry extends fc.Arbitrary<infer Value> ? Value : never;

function revocationOf(
  { issuer: by, kind, name, client, before, from, which }: Entry,
  tokens: readonly IssuedToken[],
): Partial<NewRevocation> {
  const chosen = tokens[which % Math.max(1, tokens.length)];
  const begins = from === undefined ? {} : { from: start + from * 1000 };
  if (kind === 'jti') return { issuer: by, kind, value: by === issuer ? (chosen?.id ?? name) : name, ...begins };
  if (kind === 'token')
    return { issuer: by, kind, value: by === issuer ? (chosen?.hash ?? 'aa'.repeat(32)) : 'aa'.repeat(32), ...begins };
  if (kind === 'issuer') return { issuer: by, kind, value: by, before };
  return { issuer: by, kind, value: name, before, ...(kind === 'subject' ? { client } : {}) };
}

test('whatever is issued and revoked, in any order: the lists say of every token what the revocation log does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const cleanups: (() => Promise<void> | void)[] = [];
      const house = await aBoard({ after: (cleanup) => void cleanups.push(cleanup as () => Promise<void>) });
      const { board, lists, tokens, store, revocations } = house;
      let index = 0;
      const agree = async (list: number): Promise<void> => {
        const onRecord = await store.statusRegistry.tokens(list, 0, 64);
        const isDead = (each: IssuedToken): boolean =>
          (deathOf({ issuer, revocations }, each) ?? Number.POSITIVE_INFINITY) <= house.now();
        const dead = onRecord.filter(isDead).map(({ status }) => status?.index ?? -1);
        assert.deepEqual(
          await house.says(list),
          dead.sort((one, other) => one - other),
        );
      };
      for (const each of steps) {
        if (each.do === 'record' && index < 64) {
          const place = { list: lists[each.list] ?? 0, index: index++ };
          // What is dead when it is recorded is found by the second look, which has a test of its own.
          const facts = anIssuedToken({ ...each.token, status: place });
          if (deathOf({ issuer, revocations }, facts) !== undefined) continue;
          await house.record(facts);
          tokens.push(facts);
        } else if (each.do === 'revoke') await house.revoke(revocationOf(each.entry, tokens));
        else if (each.do === 'pass') house.pass(each.seconds * 1000);
        else if (each.do === 'forget') {
          house.pass(11 * 60_000);
          await board.purge(house.now());
        } else if (each.do === 'ask') await agree(lists[each.list] ?? 0);
      }
      for (const list of lists) await agree(list);
      for (const cleanup of cleanups) await cleanup();
    }),
    { numRuns: 40 },
  );
});

test('a log that turns out to have another history has all lists made anew', async (t) => {
  let isReplaced = false;
  const house = await aBoard(t, (log) => ({
    readAfter: async (position, limit) => {
      if (!isReplaced) return log.readAfter(position, limit);
      isReplaced = false;
      return undefined;
    },
  }));
  const [list = 0] = house.lists;
  await house.record({ id: 'one', status: { list, index: 1 } });
  await house.record({ id: 'two', status: { list, index: 2 } });
  await house.revoke({ value: 'one' });
  assert.deepEqual(await house.says(list), [1]);
  isReplaced = true;
  await house.revoke({ value: 'two' });
  assert.deepEqual(await house.says(list), [1, 2]);
});

test('a log that cannot be read gives no list, and what was missed is entered when it can', async (t) => {
  let isDown = false;
  const house = await aBoard(t, (log) => ({
    readAfter: (position, limit) => (isDown ? Promise.reject(new Error('down')) : log.readAfter(position, limit)),
  }));
  const [list = 0] = house.lists;
  await house.record({ id: 'one', status: { list, index: 1 } });
  assert.deepEqual(await house.says(list), []);
  isDown = true;
  await house.revoke({ value: 'one' });
  await assert.rejects(house.says(list), /down/);
  isDown = false;
  assert.deepEqual(await house.says(list), [1]);
});

test('a list is read from the record once, however many ask for it', async (t) => {
  const house = await aBoard(t);
  const [list = 0] = house.lists;
  const found = await Promise.all(Array.from({ length: 20 }, () => house.board.find(list)));
  assert.equal(new Set(found).size, 1);
  assert.equal(house.board.size, 1);
});

test('a revocation of more tokens than are looked up at once reaches all of them', async (t) => {
  const house = await aBoard(t);
  const [list = 0, next = 0] = house.lists;
  await Promise.all(
    Array.from({ length: 2500 }, (_, index) =>
      house.record({ subject: 'robot', issuedAt: second - 5, status: { list, index: index + 64 } }),
    ),
  );
  await house.record({ subject: 'robot', issuedAt: second - 5, status: { list, index: 3 } });
  await house.record({ subject: 'robot', issuedAt: second - 5, status: { list: next, index: 5 } });
  await house.record({ subject: 'other', issuedAt: second - 5, status: { list, index: 4 } });
  assert.deepEqual([await house.says(list), await house.says(next)], [[], []]);
  await house.revoke({ kind: 'subject', value: 'robot', before: second });
  assert.deepEqual([await house.says(list), await house.says(next)], [[3], [5]]);
});
