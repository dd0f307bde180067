import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import { aSqliteStore, type TemporarySqliteStore } from '../../test/fixtures/a-sqlite-store.ts';
import { createRevocations, type Revocations } from './create-revocations.ts';
import { startOfLog } from './log-position.ts';
import type { NewRevocation } from './revocation.ts';
import { RevocationInvalid } from './revocation-invalid.ts';

const principal = aPrincipal();
let now: number;
let engine: TemporarySqliteStore;
let revocations: Revocations;

beforeEach(async () => {
  now = 1_790_000_100_000;
  engine = aSqliteStore(() => now);
  revocations = createRevocations({ log: engine.store.revocationLog, clock: () => now, pollMs: 60_000 });
  await revocations.follower.start();
});
afterEach(async () => {
  revocations.follower.stop();
  await engine.close();
});

const entry = (): NewRevocation => ({
  issuer: principal.issuer,
  kind: 'token',
  value: principal.tokenHash,
  expiresAt: now + 1000,
  actor: 'test',
});

test('A revocation that resolved is applied here and durable for others.', async () => {
  const [revoked] = await revocations.revoke([entry()]);
  assert.equal(revocations.index.match(principal)?.seq, revoked?.seq);
  assert.equal((await engine.another().revocationLog.readAfter(startOfLog, 10))?.entries.length, 1);
});

test('Of many revocations at once, each is applied when it resolves, and so are those of others before it.', async () => {
  const other = engine.another().revocationLog;
  await Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      const subject = `subject-${n}`;
      await other.append([{ ...entry(), kind: 'subject', value: `other-${n}` }]);
      await revocations.revoke([{ ...entry(), kind: 'subject', value: subject }]);
      assert.ok(revocations.index.match({ ...principal, subject }));
      assert.ok(revocations.index.match({ ...principal, subject: `other-${n}` }));
    }),
  );
});

test('An unsound revocation is rejected, and nothing is revoked.', async () => {
  await assert.rejects(revocations.revoke([entry(), { ...entry(), value: '' }]), RevocationInvalid);
  assert.equal(revocations.index.size, 0);
});

test('A purge drops what has expired from the log and from memory.', async () => {
  await revocations.revoke([entry(), { ...entry(), kind: 'jti', value: 'another', expiresAt: now + 9000 }]);
  assert.equal(await revocations.purge(now + 999), 0);
  assert.ok(revocations.index.match(principal));
  assert.equal(await revocations.purge(now + 1000), 1);
  assert.equal(revocations.index.match(principal), undefined);
});

test('It is stale before the first catch-up and from the bound on, whatever is done to the wall clock.', async () => {
  let elapsed = 0;
  const { revocationLog: log } = engine.store;
  const fresh = createRevocations({ log, clock: () => now, monotonic: () => elapsed, maxStalenessMs: 5000 });
  assert.deepEqual([fresh.isStale(), fresh.stalenessMs()], [true, Number.POSITIVE_INFINITY]);
  await fresh.follower.catchUp();
  elapsed += 4999;
  now -= 3_600_000;
  assert.deepEqual([fresh.isStale(), fresh.stalenessMs()], [false, 4999]);
  elapsed += 1;
  assert.equal(fresh.isStale(), true);
});
