import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Artifact, ArtifactStore } from '../../src/provider/index.ts';

/** A store on its real engine, empty when opened. */
export interface ArtifactStoreUnderTest {
  readonly artifacts: ArtifactStore;
  /** The same store, as another process would open it. */
  another(): Promise<ArtifactStore>;
  close(): Promise<void>;
}

const now = 1_790_000_000_000;
const code: Artifact = {
  model: 'AuthorizationCode',
  key: 'k-1',
  payload: { accountId: 'mira', nested: { list: [1, 'two', null, true], 'Zürich 🔑': 2.5 } },
  grantId: 'g-1',
  uid: undefined,
  consumedAt: undefined,
  expiresAt: now + 1000,
};

/** What every ArtifactStore does, whichever engine it stands on. */
export function artifactStoreContract(name: string, open: () => Promise<ArtifactStoreUnderTest>): void {
  describe(name, () => {
    let subject: ArtifactStoreUnderTest;
    let artifacts: ArtifactStore;
    beforeEach(async () => {
      subject = await open();
      artifacts = subject.artifacts;
    });
    afterEach(() => subject.close());

    test('finds what was put, member by member, by model and key', async () => {
      const used = { ...code, key: 'k-2', uid: 'u-1', grantId: undefined, consumedAt: 1_790_000_000 };
      await artifacts.put(code);
      await artifacts.put(used);
      assert.deepEqual(await artifacts.find('AuthorizationCode', 'k-1'), code);
      assert.deepEqual(await (await subject.another()).find('AuthorizationCode', 'k-2'), used);
      assert.equal(await artifacts.find('RefreshToken', 'k-1'), undefined);
      assert.equal(await artifacts.find('AuthorizationCode', '%'), undefined);
    });

    test('replaces a row whole when it is put again', async () => {
      await artifacts.put({ ...code, consumedAt: 1_790_000_000 });
      const replaced = { ...code, payload: { other: true }, grantId: 'g-2', expiresAt: now + 2000 };
      await artifacts.put(replaced);
      assert.deepEqual(await artifacts.find(code.model, code.key), replaced);
    });

    test('adds a row unless a live one is there', async () => {
      assert.equal(await artifacts.add(code, now), true);
      assert.equal(await artifacts.add({ ...code, grantId: 'g-2' }, now), false);
      assert.equal((await artifacts.find(code.model, code.key))?.grantId, 'g-1');
      assert.equal(await artifacts.add({ ...code, grantId: 'g-3', expiresAt: now + 9000 }, code.expiresAt), true);
      assert.equal((await artifacts.find(code.model, code.key))?.grantId, 'g-3');
    });

    test('lets one of many add the same, in whatever process', async () => {
      const other = await subject.another();
      const attempts = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? artifacts : other).add(code, now));
      assert.equal((await Promise.all(attempts)).filter(Boolean).length, 1);
    });

    test('finds a session by its second name', async () => {
      await artifacts.put({ ...code, model: 'Session', uid: 'u-1' });
      assert.equal((await artifacts.findByUid('Session', 'u-1'))?.key, 'k-1');
      assert.equal(await artifacts.findByUid('Interaction', 'u-1'), undefined);
      assert.equal(await artifacts.findByUid('Session', 'u-2'), undefined);
    });

    test('lets one of many use what can be used once, in whatever process', async () => {
      await artifacts.put(code);
      const other = await subject.another();
      const attempts = Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? artifacts : other).consume(code.model, code.key, 1_790_000_000 + n),
      );
      assert.equal((await Promise.all(attempts)).filter(Boolean).length, 1);
      assert.notEqual((await artifacts.find(code.model, code.key))?.consumedAt, undefined);
      assert.equal(await artifacts.consume(code.model, 'unknown', 1), false);
    });

    test('removes one row, or all of a grant whatever their model', async () => {
      await artifacts.put(code);
      await artifacts.put({ ...code, model: 'RefreshToken' });
      await artifacts.put({ ...code, model: 'RefreshToken', key: 'k-2' });
      await artifacts.put({ ...code, model: 'RefreshToken', key: 'k-3', grantId: 'g-2' });
      await artifacts.put({ ...code, model: 'Session', key: 'k-4', grantId: undefined });
      await artifacts.remove('RefreshToken', 'k-2');
      assert.equal(await artifacts.find('RefreshToken', 'k-2'), undefined);
      await artifacts.removeByGrant('g-1');
      assert.equal(await artifacts.find('AuthorizationCode', 'k-1'), undefined);
      assert.equal(await artifacts.find('RefreshToken', 'k-1'), undefined);
      assert.notEqual(await artifacts.find('RefreshToken', 'k-3'), undefined);
      assert.notEqual(await artifacts.find('Session', 'k-4'), undefined);
    });

    test('drops exactly the rows that have expired', async () => {
      const many = Array.from({ length: 1100 }, (_, n) => artifacts.put({ ...code, key: `k-${n}` }));
      await Promise.all(many);
      await artifacts.put({ ...code, key: 'later', expiresAt: now + 2000 });
      assert.equal(await artifacts.purge(now + 999), 0);
      assert.equal(await artifacts.purge(now + 1000), 1100);
      assert.notEqual(await artifacts.find(code.model, 'later'), undefined);
    });
  });
}
