import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { aSigningKey, keySetOf } from '../../test/fixtures/a-jwt.ts';
import type { KeySet } from '../tokens/index.ts';
import { newStatusList, setStatus, statusAt } from './status-list.ts';
import { listFailed, type StatusListResult } from './status-list-failure.ts';
import { StatusListSource } from './status-list-source.ts';
import type { VerifiedStatusList } from './verify-status-list.ts';

const start = 1_790_000_000_000;
const key = aSigningKey('ES256', 'acme-1');
const ttl = 60;

/** A source whose issuer, clock and timers are the test's. */
function aSource(t: TestContext, times = {}) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: start });
  let keySet: KeySet | undefined = keySetOf(key);
  let answer: () => StatusListResult<VerifiedStatusList> = () => aList();
  const asked: number[] = [];
  let gate = Promise.resolve();
  const clock = (): number => Date.now();
  const signer = keySet.keys[0] ?? assert.fail();
  function aList(
    facts: Partial<VerifiedStatusList> = {},
    revoked: readonly number[] = [],
  ): StatusListResult<VerifiedStatusList> {
    const list = newStatusList(1, 64);
    for (const index of revoked) setStatus(list, index, 1);
    const issuedAt = Math.floor(clock() / 1000);
    return { ok: true, value: { list, key: signer, issuedAt, expiresAt: undefined, ttl, ...facts } };
  }
  const weights: number[] = [];
  const source: StatusListSource = new StatusListSource(
    {
      issuer: 'acme',
      uri: 'https://acme.example/lists/1',
      keys: { current: () => keySet, refresh: async () => keySet },
      leewaySeconds: 5,
      times: { minRefresh: 5_000, maxRefresh: 300_000, maxStale: 900_000, ...times },
    },
    async () => {
      asked.push(clock() - start);
      await gate;
      return answer();
    },
    clock,
    { changed: () => weights.push(source.weight), dropped: () => weights.push(-1) },
  );
  return {
    source,
    asked,
    weights,
    aList,
    answers: (make: typeof answer) => {
      answer = make;
    },
    fails: () => {
      answer = () => listFailed('list_expired');
    },
    holds: (until: Promise<void>) => {
      gate = until;
    },
    keys: (set: KeySet | undefined) => {
      keySet = set;
    },
    now: clock,
    load: async () => source.load(clock()),
    /** Time passes, and what is due then is done. */
    async pass(ms: number) {
      t.mock.timers.tick(ms);
      for (let turn = 0; turn < 5; turn++) await nextTurn();
    },
  };
}

test('is fetched when it is needed, and then read at once for as long as it is fresh', async (t) => {
  const { source, load, asked, now, pass } = aSource(t);
  assert.equal(source.at(now()), undefined);
  await load();
  assert.equal(statusAt(source.at(now())?.list ?? assert.fail(), 0), 0);
  await pass(40_000);
  assert.equal(source.load(now()), undefined);
  assert.deepEqual(asked, [0]);
});

test('is fetched once for all who wait', async (t) => {
  const { source, asked, now, holds } = aSource(t);
  const { promise, resolve } = Promise.withResolvers<void>();
  holds(promise);
  const waits = [source.load(now()), source.load(now()), source.load(now())];
  assert.ok(waits.every((wait) => wait instanceof Promise));
  resolve();
  await Promise.all(waits);
  assert.equal(asked.length, 1);
});

test('is fetched again before it ends, while tokens name it, so that no request waits', async (t) => {
  const { source, load, asked, now, pass } = aSource(t);
  await load();
  for (let second = 0; second < 300; second += 10) {
    assert.equal(source.load(now()), undefined, `after ${second} s`);
    await pass(10_000);
  }
  assert.ok(asked.length >= 5 && asked.length <= 9, `${asked}`);
});

test('is left to end when no token names it any more', async (t) => {
  const { load, asked, pass } = aSource(t);
  await load();
  for (let minute = 0; minute < 60; minute++) await pass(60_000);
  assert.deepEqual(asked, [0]);
});

test('is not fetched for ever that fails and that no token names any more', async (t) => {
  const { load, fails, asked, pass } = aSource(t);
  await load();
  fails();
  await load();
  for (let minute = 0; minute < 60; minute++) await pass(60_000);
  assert.ok(asked.length <= 3, `${asked}`);
});

test('is fetched at the bounds where its ttl is beyond them', async (t) => {
  const { source, load, answers, aList, asked, now, pass } = aSource(t);
  answers(() => aList({ ttl: 0.001 }));
  await load();
  await pass(4_900);
  assert.equal(source.load(now()), undefined, 'not within 5 s');
  answers(() => aList({ ttl: 86_400 }));
  await pass(100);
  await load();
  assert.equal(asked.length, 2);
  await pass(300_000);
  assert.ok(asked.length >= 3, 'after 5 minutes');
});

test('without ttl is relied on for the longest time', async (t) => {
  const { source, load, answers, aList, now } = aSource(t);
  answers(() => aList({ ttl: undefined }));
  await load();
  assert.equal((source.at(now())?.freshUntil ?? 0) - now(), 300_000);
});

test('is never relied on beyond its exp, leeway granted, outage or not', async (t) => {
  const { source, load, answers, fails, aList, now, pass } = aSource(t);
  answers(() => aList({ expiresAt: start / 1000 + 10 }));
  await load();
  fails();
  await pass(14_999);
  assert.notEqual(source.at(now()), undefined);
  await pass(1);
  assert.equal(source.at(now()), undefined);
});

test('an outage keeps nobody waiting but the first, and ends what is stale at the stated bound', async (t) => {
  const { source, load, fails, now, pass, asked } = aSource(t, { maxStale: 30_000 });
  await load();
  fails();
  await pass(61_000);
  await load();
  assert.notEqual(source.failure, undefined);
  assert.notEqual(source.at(now()), undefined, 'stale, but usable');
  assert.equal(source.load(now()), undefined);
  await pass(10_000);
  assert.equal(source.load(now()), undefined);
  await pass(18_000);
  assert.notEqual(source.at(now()), undefined, '1 s before the bound');
  await pass(1_000);
  assert.equal(source.at(now()), undefined, 'at the bound');
  assert.ok(asked.length >= 4, 'tried again meanwhile');
});

test('after a failure, requests cause no attempt before its time', async (t) => {
  const { source, load, fails, asked, now, pass, answers, aList } = aSource(t);
  fails();
  await load();
  for (let call = 0; call < 100; call++) assert.equal(source.load(now()), undefined);
  assert.equal(asked.length, 1);
  assert.ok(source.quietFor(now()) > 0);
  answers(() => aList());
  await pass(1_000);
  await load();
  assert.notEqual(source.at(now()), undefined);
  assert.equal(source.failure, undefined);
});

test('is noticed within 10 seconds to be back, however long it was gone', async (t) => {
  const { source, load, fails, answers, aList, now, pass } = aSource(t);
  fails();
  for (let second = 0; second < 600; second++) {
    await load();
    await pass(1_000);
  }
  answers(() => aList());
  for (let second = 0; second < 10; second++) {
    await load();
    await pass(1_000);
  }
  assert.notEqual(source.at(now()), undefined);
});

test('an older list never takes the place of a newer one', async (t) => {
  const { source, load, answers, aList, now, pass } = aSource(t);
  answers(() => aList({ ttl: 10 }, [3]));
  await load();
  answers(() => aList({ issuedAt: start / 1000 - 60 }));
  await pass(11_000);
  await load();
  assert.equal(source.failure?.code, 'list_older');
  assert.equal(statusAt(source.at(now())?.list ?? assert.fail(), 3), 1);
});

test('a list dies with the key that signed it, and not with others', async (t) => {
  const { source, load, keys, now } = aSource(t);
  await load();
  keys(keySetOf(aSigningKey('ES256', 'acme-2'), key));
  assert.notEqual(source.at(now()), undefined);
  keys(keySetOf(aSigningKey('ES256', 'acme-2')));
  assert.equal(source.at(now()), undefined);
  keys(undefined);
  assert.equal(source.at(now()), undefined);
  keys(keySetOf(key));
  assert.notEqual(source.at(now()), undefined);
});

test('a clock that is set back makes no list last longer', async (t) => {
  const { source, load, now } = aSource(t);
  await load();
  assert.notEqual(source.at(now() - 30_000), undefined);
  assert.equal(source.at(now() - 3_600_000), undefined);
});

test('weighs what its bytes do, and nothing is fetched for one that was given up', async (t) => {
  const { source, load, asked, weights, pass, now } = aSource(t);
  await load();
  assert.ok((weights.at(-1) ?? 0) > 2048 + 8);
  source.drop();
  assert.equal(weights.at(-1), -1);
  assert.equal(source.at(now()), undefined);
  await pass(600_000);
  assert.equal(asked.length, 1);
});
