import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { StatusRegistry, TokenRegistry } from '../../src/provider/index.ts';
import { anIssuedToken } from '../fixtures/an-issued-token.ts';

/** A registry on its real engine, empty when opened, with the registry of the tokens that stand in its lists. */
export interface StatusRegistryUnderTest {
  readonly statuses: StatusRegistry;
  readonly tokens: TokenRegistry;
  /** As another process sees it. */
  another(): Promise<StatusRegistry>;
  close(): Promise<void>;
}

const second = 1_790_000_000;
const now = second * 1000;
const size = 32;
const wanted = { count: 8, size, seed: 'a seed' };

/** What every StatusRegistry does, whichever engine it stands on. */
export function statusRegistryContract(name: string, open: () => Promise<StatusRegistryUnderTest>): void {
  describe(name, () => {
    let subject: StatusRegistryUnderTest;
    let statuses: StatusRegistry;
    let tokens: TokenRegistry;
    beforeEach(async () => {
      subject = await open();
      ({ statuses, tokens } = subject);
    });
    afterEach(() => subject.close());

    async function record(list: number, index: number, facts: Parameters<typeof anIssuedToken>[0] = {}) {
      const token = anIssuedToken({ kind: 'jwt', claims: undefined, status: { list, index }, ...facts });
      await tokens.record(token);
      return token;
    }

    test('gives the places of a list in their order, then those of a new one with a seed of its own', async () => {
      const first = await statuses.give(wanted, now);
      const { list } = first;
      assert.deepEqual(first, { list, seed: 'a seed', first: 0, count: 8 });
      for (const at of [8, 16, 24]) {
        assert.deepEqual(await statuses.give({ ...wanted, seed: 'other' }, now), { ...first, first: at });
      }
      const next = await statuses.give({ ...wanted, seed: 'next' }, now);
      assert.deepEqual(next, { list: next.list, seed: 'next', first: 0, count: 8 });
      assert.ok(next.list > list);
      assert.deepEqual(await statuses.lists(), [list, next.list]);
      assert.deepEqual([await statuses.has(list), await statuses.has(next.list + 1)], [true, false]);
    });

    test('gives no place twice, of many who ask at once in several processes', async () => {
      const others = [statuses, await subject.another(), await subject.another()];
      const given = await Promise.all(Array.from({ length: 40 }, (_, n) => others[n % 3]?.give(wanted, now)));
      const places = given.map((each) => `${each?.list} ${each?.first}`);
      assert.equal(new Set(places).size, 40);
      assert.ok(given.every((each) => (each?.first ?? size) + 8 <= size));
    });

    test('knows the tokens of a part of a list, member by member', async () => {
      const { list } = await statuses.give(wanted, now);
      const tokensOfList = [await record(list, 3), await record(list, 4), await record(list, 7)];
      await record(list + 1, 4);
      await tokens.record(anIssuedToken());
      assert.deepEqual(await statuses.tokens(list, 3, 4), tokensOfList.slice(0, 1));
      const some = await statuses.tokens(list, 4, 100);
      assert.deepEqual(some.map((token) => token.status?.index).sort(), [4, 7]);
      assert.deepEqual(await statuses.tokens(list, 8, 100), []);
    });

    test('lets no two tokens have one place', async () => {
      await record(1, 3);
      await assert.rejects(record(1, 3));
      await record(2, 3);
    });

    test('finds the places of the tokens that a revocation hits, by all that it says', async () => {
      const facts = { client: 'web', subject: 'mira', session: 's-1', keyId: 'k-1', issuedAt: second };
      const token = await record(1, 5, facts);
      await record(1, 6, { client: 'other', subject: 'ada', session: undefined, keyId: 'k-2', issuedAt: second });
      await tokens.record(anIssuedToken({ ...facts, kind: 'jwt' }));
      const one = [{ list: 1, index: 5 }];
      for (const said of [
        { id: token.id },
        { hash: token.hash },
        { subject: 'mira' },
        { client: 'web' },
        { session: 's-1' },
        { keyId: 'k-1' },
        { subject: 'mira', client: 'web', issuedBefore: second + 1 },
      ]) {
        assert.deepEqual(await statuses.find(said, 10), one, JSON.stringify(said));
        assert.deepEqual(await statuses.findIn(1, said), [5], JSON.stringify(said));
      }
      for (const said of [{ subject: 'mira', client: 'other' }, { client: 'web', issuedBefore: second }, { id: 'x' }]) {
        assert.deepEqual(await statuses.find(said, 10), []);
        assert.deepEqual(await statuses.findIn(1, said), []);
      }
      assert.equal((await statuses.find({ issuedBefore: second + 1 }, 10)).length, 2);
      assert.equal((await statuses.find({ issuedBefore: second + 1 }, 1)).length, 1);
      assert.deepEqual(await statuses.findIn(2, { client: 'web' }), []);
    });

    test('finds what was exchanged for a token that has one of some values, whatever is written in them', async () => {
      const strange = ['a"b', 'back\\slash', '100%', 'a_b', 'ü\u0001', "it's", 'https://acme.example/?a=b&c'];
      for (const [index, value] of strange.entries()) {
        const subjectTokens = [{ issuer: 'https://acme.example', hash: 'aa', subject: value }];
        await record(1, index, { subjectTokens });
      }
      await record(1, 30);
      await record(2, 0, { subjectTokens: [{ issuer: 'https://acme.example', hash: 'aa', subject: 'a"b' }] });
      for (const [index, value] of strange.entries()) {
        const found = await statuses.exchanged(1, ['nobody', value]);
        const subjects = found.map(({ subjectTokens }) => subjectTokens[0]?.subject);
        assert.ok(subjects.includes(strange[index]), value);
      }
      assert.equal((await statuses.exchanged(1, ['https://acme.example'])).length, strange.length);
      assert.equal((await statuses.exchanged(1, undefined)).length, strange.length);
      assert.deepEqual(await statuses.exchanged(1, ['nobody']), []);
    });

    test('drops a list when all is given, long ago, and no token stands in it', async () => {
      const { list } = await statuses.give(wanted, now);
      assert.equal(await statuses.purge(size, now + 1), 0, 'places are left');
      await statuses.give({ ...wanted, count: 24 }, now);
      assert.equal(await statuses.purge(size, now), 0, 'the last was given just now');
      await record(list, 31, { issuedUntil: now + 500, expiresAt: now + 500 });
      assert.equal(await statuses.purge(size, now + 1), 0, 'a token stands in it');
      await tokens.purge(now + 500);
      assert.equal(await statuses.purge(size, now + 1), 1);
      assert.deepEqual(await statuses.lists(), []);
      assert.ok((await statuses.give(wanted, now)).list > list, 'its number is never used again');
    });

    test('rejects, and does not say "none", when it cannot be asked', async () => {
      const closed = await open();
      await closed.close();
      await assert.rejects(closed.statuses.give(wanted, now));
      await assert.rejects(closed.statuses.has(1));
      await assert.rejects(closed.statuses.find({ id: 'x' }, 1));
    });
  });
}
