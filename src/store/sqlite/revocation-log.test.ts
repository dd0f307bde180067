import assert from 'node:assert/strict';
import { test } from 'node:test';
import { revocationLogContract } from '../../../test/contract/revocation-log.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';

revocationLogContract('the revocation log in SQLite', (clock) => {
  const { store, another, close } = aSqliteStore(clock);
  return { log: store.revocationLog, another: () => another().revocationLog, close };
});

test('Whatever appends to the log, the audit log says in the same transaction who revoked what, and when.', async () => {
  const now = 1_790_000_000_000;
  const { store, close } = aSqliteStore(() => now);
  const entry = {
    issuer: 'https://acme.example',
    kind: 'jti',
    value: 'x',
    expiresAt: now + 1,
    actor: 'client:operator',
  };
  const [revoked] = await store.revocationLog.append([{ ...entry, kind: 'jti', reason: 'lost' }]);
  const [record] = await store.audit.list({ limit: 10 });
  const { actor, ...details } = entry;
  assert.deepEqual(JSON.parse(JSON.stringify(record)), {
    ...{ seq: 1, at: now, actor, action: 'revocation.created', target: String(revoked?.seq) },
    details: { ...details, reason: 'lost' },
  });
  await close();
});
