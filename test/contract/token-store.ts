import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sha256Hex } from '../../src/base/sha256.ts';
import type { TokenRecord, TokenStore } from '../../src/opaque/index.ts';
import type { Claims } from '../../src/protocol/claims.ts';

/** A store on its real engine, with the means to put something in it. */
export interface TokenStoreUnderTest {
  readonly store: TokenStore;
  /** Saves a record the way the provider does when it issues a token. */
  save(hash: string, record: TokenRecord): Promise<void>;
  /** Forgets a token the way the provider does when it is revoked. */
  remove(hash: string): Promise<void>;
  close(): Promise<void>;
}

const now = 1_800_000_000_000;
const hash = sha256Hex('a token');
const record: TokenRecord = {
  claims: {
    iss: 'https://gatehouse.example',
    sub: 'ada',
    client_id: 'reporting',
    aud: ['https://api.example.com/orders', 'https://api.example.com/bills'],
    scope: 'orders:read orders:write',
    iat: 1_799_999_000,
    exp: 1_800_000_600,
    jti: 'x-1',
    sid: 's-1',
    cnf: { jkt: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' },
    address: { locality: 'Zürich', floors: [1, 2.5, null, true] },
  },
  expiresAt: now + 600_000,
};

/** What every TokenStore does, whichever engine it stands on. */
export function tokenStoreContract(name: string, open: () => Promise<TokenStoreUnderTest>): void {
  describe(name, () => {
    let subject: TokenStoreUnderTest;
    before(async () => {
      subject = await open();
    });
    after(() => subject.close());

    test('finds what was saved, claim by claim', async () => {
      await subject.save(hash, record);
      const found = await subject.store.find(hash);
      assert.deepEqual(JSON.parse(JSON.stringify(found)), record);
    });

    test('does not know what was never saved', async () => {
      assert.equal(await subject.store.find(sha256Hex('another token')), undefined);
    });

    test('takes a hash by the letter', async () => {
      await subject.save(hash, record);
      for (const other of ['', hash.slice(0, 63), `${hash} `, hash.toUpperCase(), '%', `' OR '1'='1`]) {
        assert.equal(await subject.store.find(other), undefined);
      }
    });

    test('keeps tokens apart', async () => {
      const other = sha256Hex('of somebody else');
      await subject.save(hash, record);
      await subject.save(other, { ...record, claims: { ...record.claims, sub: 'bob' } });
      assert.equal((await subject.store.find(hash))?.claims['sub'], 'ada');
      assert.equal((await subject.store.find(other))?.claims['sub'], 'bob');
    });

    test('does not know a token that was removed', async () => {
      const gone = sha256Hex('gone');
      await subject.save(gone, record);
      await subject.remove(gone);
      assert.equal(await subject.store.find(gone), undefined);
    });

    test('takes __proto__ and constructor for mere names of claims', async () => {
      const odd = sha256Hex('odd');
      const claims = JSON.parse('{"iss":"i","__proto__":{"admin":true},"constructor":"c"}') as Claims;
      await subject.save(odd, { claims, expiresAt: record.expiresAt });
      const found = await subject.store.find(odd);
      assert.ok(found !== undefined);
      assert.equal(found.claims['admin'], undefined);
      assert.equal(found.claims['constructor'], 'c');
      assert.ok(Object.hasOwn(found.claims, '__proto__'));
      assert.equal(found.claims['hasOwnProperty'], undefined);
    });

    test('fails, and does not say "unknown", when it cannot be asked', async () => {
      const closed = await open();
      await closed.close();
      await assert.rejects(async () => closed.store.find(hash));
    });
  });
}
