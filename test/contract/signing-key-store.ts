import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { SigningKey, SigningKeyStore } from '../../src/provider/index.ts';

/** A store on its real engine, empty when opened. */
export interface SigningKeyStoreUnderTest {
  readonly signingKeys: SigningKeyStore;
  /** The same store, as another process would open it. */
  another(): Promise<SigningKeyStore>;
  close(): Promise<void>;
}

const key: SigningKey = {
  id: 'k-1',
  algorithm: 'ES256',
  privateKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' },
  createdAt: 1_790_000_000_000,
  signsFrom: undefined,
  publishedUntil: undefined,
};

/** What every SigningKeyStore does, whichever engine it stands on. */
export function signingKeyStoreContract(name: string, open: () => Promise<SigningKeyStoreUnderTest>): void {
  describe(name, () => {
    let subject: SigningKeyStoreUnderTest;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.close());

    test('is at revision 0 without keys at first', async () => {
      assert.deepEqual(await subject.signingKeys.read(), { revision: 0, keys: [] });
    });

    test('gives back what was stored, member by member, to this process and to others', async () => {
      const keys = [key, { ...key, id: 'k-2', signsFrom: 1_790_000_000_001, publishedUntil: 1_790_000_000_002 }];
      assert.equal(await subject.signingKeys.replace(0, keys), true);
      assert.deepEqual(await subject.signingKeys.read(), { revision: 1, keys });
      assert.deepEqual(await (await subject.another()).read(), { revision: 1, keys });
    });

    test('replaces only the revision that the caller has seen', async () => {
      await subject.signingKeys.replace(0, [key]);
      assert.equal(await subject.signingKeys.replace(0, []), false);
      assert.equal(await subject.signingKeys.replace(2, []), false);
      assert.equal(await subject.signingKeys.replace(1, [key, { ...key, id: 'k-2' }]), true);
      assert.equal((await subject.signingKeys.read()).revision, 2);
    });

    test('lets one of many replace, in whatever process', async () => {
      const other = await subject.another();
      const attempts = Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? subject.signingKeys : other).replace(0, [{ ...key, id: `k-${n}` }]),
      );
      assert.equal((await Promise.all(attempts)).filter(Boolean).length, 1);
    });
  });
}
