import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { SessionOrigin, SessionOriginStore } from '../../src/provider/index.ts';

/** A store on its real engine, empty when opened. */
export interface SessionOriginStoreUnderTest {
  readonly origins: SessionOriginStore;
  /** The same store, as another process would open it. */
  another(): Promise<SessionOriginStore>;
  close(): Promise<void>;
}

const acme = 'https://acme.example';
const now = 1_790_000_000_000;
const first: SessionOrigin = {
  session: 's-1',
  issuer: acme,
  issuerSubject: '00u1',
  issuerSession: 'their-1',
  at: 1_790_000_000,
  expiresAt: now + 1000,
};
const second: SessionOrigin = { ...first, session: 's-2', at: 1_790_000_500 };
const nameless: SessionOrigin = { ...first, session: 's-3', issuerSession: undefined };

function sessionsOf(found: readonly SessionOrigin[]): string[] {
  return found.map(({ session }) => session).toSorted();
}

/** What every SessionOriginStore does, whichever engine it stands on. */
export function sessionOriginStoreContract(name: string, open: () => Promise<SessionOriginStoreUnderTest>): void {
  describe(name, () => {
    let subject: SessionOriginStoreUnderTest;
    let origins: SessionOriginStore;
    beforeEach(async () => {
      subject = await open();
      origins = subject.origins;
    });
    afterEach(() => subject.close());

    test('finds all sign-ins of a person, and those of one session, member by member, in whatever process', async () => {
      for (const origin of [first, second, nameless]) await origins.record(origin);
      const other = await subject.another();
      assert.deepEqual(sessionsOf(await other.bySubject(acme, '00u1')), ['s-1', 's-2', 's-3']);
      assert.deepEqual(sessionsOf(await origins.bySession(acme, 'their-1')), ['s-1', 's-2']);
      assert.deepEqual(
        (await other.bySubject(acme, '00u1')).find(({ session }) => session === 's-3'),
        nameless,
      );
    });

    test('finds nothing of another issuer, person or session, however alike', async () => {
      await origins.record(first);
      assert.deepEqual(await origins.bySubject('https://other.example', '00u1'), []);
      assert.deepEqual(await origins.bySubject(acme, '00U1'), []);
      assert.deepEqual(await origins.bySession(acme, '00u1'), []);
      assert.deepEqual(await origins.bySession(acme, '%'), []);
    });

    test('replaces the row of a session whole', async () => {
      await origins.record(first);
      const renewed = { ...first, issuerSession: undefined, at: first.at + 7, expiresAt: now + 9000 };
      await origins.record(renewed);
      assert.deepEqual(await origins.bySubject(acme, '00u1'), [renewed]);
      assert.deepEqual(await origins.bySession(acme, 'their-1'), []);
    });

    test('drops what has expired, at its last millisecond, and nothing else', async () => {
      await origins.record(first);
      await origins.record({ ...second, expiresAt: now + 2000 });
      assert.equal(await origins.purge(now + 999), 0);
      assert.equal(await origins.purge(now + 1000), 1);
      assert.deepEqual(sessionsOf(await origins.bySubject(acme, '00u1')), ['s-2']);
    });
  });
}
