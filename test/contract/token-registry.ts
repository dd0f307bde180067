import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { IssuedToken, TokenQuery, TokenRegistry } from '../../src/provider/index.ts';
import { anIssuedToken } from '../fixtures/an-issued-token.ts';

/** A registry on its real engine, empty when opened. */
export interface TokenRegistryUnderTest {
  readonly registry: TokenRegistry;
  close(): Promise<void>;
}

const second = 1_790_000_000;
const now = second * 1000;
const everything: TokenQuery = { liveAt: 0, limit: 100 };
const ids = (tokens: readonly IssuedToken[]): string[] => tokens.map(({ id }) => id);
const bare = (token: IssuedToken | undefined): unknown => token && JSON.parse(JSON.stringify(token));

/** What every TokenRegistry does, whichever engine it stands on. */
export function tokenRegistryContract(name: string, open: () => Promise<TokenRegistryUnderTest>): void {
  describe(name, () => {
    let subject: TokenRegistryUnderTest;
    let registry: TokenRegistry;
    beforeEach(async () => {
      subject = await open();
      registry = subject.registry;
    });
    afterEach(() => subject.close());

    test('finds what was recorded, member by member, by its hash only', async () => {
      const opaque = anIssuedToken({ grantId: 'g-1', session: 's-1', scopes: ['a', 'b'] });
      const jwt = anIssuedToken({ kind: 'jwt', keyId: 'k-1', audience: undefined, scopes: [], claims: undefined });
      await registry.record(opaque);
      await registry.record(jwt);
      const found = await registry.find(opaque.hash);
      assert.deepEqual(bare(found), bare(opaque));
      assert.equal(found?.keyId, undefined);
      assert.deepEqual(await registry.find(jwt.hash), jwt);
      assert.equal(await registry.find(opaque.id), undefined);
    });

    test('remembers what a token was exchanged for, nearest first', async () => {
      const near = { issuer: 'https://gatehouse.example', hash: 'aa', id: 'j1', subject: 'mira', client: 'reporting' };
      const far = { issuer: 'https://acme.example', hash: 'bb', session: 's', keyId: 'k', issuedAt: second - 0.5 };
      const token = anIssuedToken({ subjectTokens: [near, far] });
      await registry.record(token);
      assert.deepEqual((await registry.find(token.hash))?.subjectTokens, [near, far]);
      assert.deepEqual((await registry.list(everything))[0]?.subjectTokens, [near, far]);
    });

    test('records no token twice, neither by its hash nor by its id', async () => {
      const token = anIssuedToken();
      await registry.record(token);
      await assert.rejects(registry.record(anIssuedToken({ hash: token.hash })));
      await assert.rejects(registry.record(anIssuedToken({ id: token.id })));
      assert.equal((await registry.list(everything)).length, 1);
    });

    test('spoils no other token when one of many at once cannot be recorded', async () => {
      const known = anIssuedToken();
      await registry.record(known);
      const batch = [anIssuedToken(), anIssuedToken({ id: known.id }), anIssuedToken()];
      const outcomes = await Promise.allSettled(batch.map((token) => registry.record(token)));
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled'],
      );
      assert.equal((await registry.list(everything)).length, 3);
    });

    test('counts what has not expired and was issued by then, of a client, a subject, or at all', async () => {
      const facts = { issuedAt: second, expiresAt: now + 1000, issuedUntil: now + 1000 };
      for (const [client, subject] of [
        ['a', 'mira'],
        ['a', 'noor'],
        ['b', 'mira'],
      ] as const) {
        await registry.record(anIssuedToken({ ...facts, client, subject }));
      }
      await registry.record(anIssuedToken({ ...facts, client: 'a', issuedAt: second + 0.9 }));
      await registry.record(anIssuedToken({ ...facts, client: 'a', issuedAt: second + 1 }));
      await registry.record(anIssuedToken({ ...facts, client: 'a', expiresAt: now }));
      const count = { liveAt: now, issuedUntil: second };
      assert.equal(await registry.count(count), 4);
      assert.equal(await registry.count({ ...count, client: 'a' }), 3);
      assert.equal(await registry.count({ ...count, client: 'a', subject: 'noor' }), 1);
      assert.equal(await registry.count({ ...count, issuedUntil: second - 1 }), 0);
      assert.equal(await registry.count({ ...count, liveAt: now - 1 }), 5);
    });

    test('lists the newest first, by pages that neither skip nor repeat', async () => {
      const tokens = Array.from({ length: 10 }, (_, n) =>
        anIssuedToken({ id: `t-${n}`, issuedAt: second + Math.floor(n / 4) }),
      );
      for (const token of [...tokens].reverse()) await registry.record(token);
      const seen: string[] = [];
      for (let page = await registry.list({ ...everything, limit: 3 }); page.length > 0; ) {
        seen.push(...ids(page));
        page = await registry.list({ ...everything, limit: 3, after: page.at(-1) });
      }
      assert.deepEqual(seen, ids(tokens).reverse());
    });

    test('selects by id, client, subject and grant, all together, and only what is alive', async () => {
      await registry.record(anIssuedToken({ id: '1', client: 'a', subject: 'x', grantId: 'g' }));
      await registry.record(anIssuedToken({ id: '2', client: 'a', subject: 'y', grantId: 'g' }));
      await registry.record(anIssuedToken({ id: '3', client: 'b', subject: 'x', expiresAt: now + 1 }));
      const select = async (query: object) => ids(await registry.list({ ...everything, ...query })).sort();
      assert.deepEqual(await select({ client: 'a' }), ['1', '2']);
      assert.deepEqual(await select({ subject: 'x' }), ['1', '3']);
      assert.deepEqual(await select({ client: 'a', subject: 'x' }), ['1']);
      assert.deepEqual(await select({ grantId: 'g', id: '2' }), ['2']);
      assert.deepEqual(await select({ client: '%' }), []);
      assert.deepEqual(await select({ liveAt: now }), ['1', '2', '3']);
      assert.deepEqual(await select({ liveAt: now + 1 }), ['1', '2']);
    });

    test('shortens lives and never lengthens one', async () => {
      const long = anIssuedToken({ client: 'a', expiresAt: now + 900, issuedUntil: now + 900 });
      const short = anIssuedToken({ client: 'a', expiresAt: now + 100, issuedUntil: now + 100 });
      const other = anIssuedToken({ client: 'b', expiresAt: now + 900, issuedUntil: now + 900 });
      for (const token of [long, short, other]) await registry.record(token);
      assert.equal(await registry.shorten({ client: 'a' }, now + 500), 1);
      assert.equal((await registry.find(long.hash))?.expiresAt, now + 500);
      assert.equal((await registry.find(long.hash))?.issuedUntil, now + 900);
      assert.equal((await registry.find(short.hash))?.expiresAt, now + 100);
      assert.equal((await registry.find(other.hash))?.expiresAt, now + 900);
      assert.equal(await registry.shorten({ client: 'a' }, now + 500), 0);
    });

    test('knows how long the keys of its JWTs must stay published', async () => {
      assert.equal(await registry.latestJwtExpiry(), undefined);
      await registry.record(anIssuedToken({ issuedUntil: now + 900 }));
      assert.equal(await registry.latestJwtExpiry(), undefined);
      for (const end of [500, 700, 600]) {
        await registry.record(anIssuedToken({ kind: 'jwt', expiresAt: now + 1, issuedUntil: now + end }));
      }
      assert.equal(await registry.latestJwtExpiry(), now + 700);
    });

    test('drops exactly the tokens that were issued to live no longer', async () => {
      const shortened = anIssuedToken({ id: 'shortened', expiresAt: now, issuedUntil: now + 900 });
      await registry.record(shortened);
      const many = Array.from({ length: 1100 }, (_, n) =>
        anIssuedToken({ kind: n % 2 === 0 ? 'jwt' : 'opaque', expiresAt: now + 100, issuedUntil: now + 100 }),
      );
      await Promise.all(many.map((token) => registry.record(token)));
      assert.equal(await registry.purge(now + 99), 0);
      assert.equal(await registry.purge(now + 100), 1100);
      assert.deepEqual(ids(await registry.list({ ...everything })), ['shortened']);
      assert.equal(await registry.purge(now + 900), 1);
    });

    test('rejects, and does not say "unknown", when it cannot be asked', async () => {
      const closed = await open();
      await closed.close();
      await assert.rejects(closed.registry.find('x'));
      await assert.rejects(closed.registry.list(everything));
      await assert.rejects(closed.registry.record(anIssuedToken()));
    });
  });
}
