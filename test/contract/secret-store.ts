import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { SecretStore } from '../../src/provider/index.ts';

/** A store on its real engine, empty when opened. */
export interface SecretStoreUnderTest {
  readonly secrets: SecretStore;
  /** The same store, as another process would open it. */
  another(): Promise<SecretStore>;
  close(): Promise<void>;
}

/** What every SecretStore does, whichever engine it stands on. */
export function secretStoreContract(name: string, open: () => Promise<SecretStoreUnderTest>): void {
  describe(name, () => {
    let subject: SecretStoreUnderTest;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.close());

    test('stores the first secret of a name, and gives that one to everybody', async () => {
      assert.equal(await subject.secrets.readOrCreate('cookies', 'first'), 'first');
      assert.equal(await subject.secrets.readOrCreate('cookies', 'second'), 'first');
      assert.equal(await (await subject.another()).readOrCreate('cookies', 'third'), 'first');
      assert.equal(await subject.secrets.readOrCreate('other', 'fourth'), 'fourth');
    });

    test('gives all of many at once the same, in whatever process', async () => {
      const other = await subject.another();
      const attempts = Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? subject.secrets : other).readOrCreate('cookies', `secret-${n}`),
      );
      assert.equal(new Set(await Promise.all(attempts)).size, 1);
    });
  });
}
