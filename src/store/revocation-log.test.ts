import assert from 'node:assert/strict';
import { test } from 'node:test';
import { revocationLogContract } from '../../test/contract/revocation-log.ts';
import { engines } from '../../test/store/engines.ts';

for (const engine of engines) {
  revocationLogContract(`the revocation log in ${engine.name}`, async (clock) => {
    const { store, another, close } = await engine.open(clock);
    return { log: store.revocationLog, another: async () => (await another()).revocationLog, close };
  });

  test(`In ${engine.name}, the audit log says in the same transaction who revoked what, and when.`, async () => {
    const now = 1_790_000_000_000;
    const { store, close } = await engine.open(() => now);
    const actor = 'client:operator';
    const entry = {
      issuer: 'https://acme.example',
      kind: 'jti',
      value: 'x',
      expiresAt: now + 1,
      reason: 'lost',
    } as const;
    const revoked = await store.revocationLog.append([
      { ...entry, actor },
      { ...entry, actor, value: 'y\u0000' },
    ]);
    const records = await store.audit.list({ limit: 10 });
    assert.deepEqual(
      records.map(({ seq, ...record }) => JSON.parse(JSON.stringify(record))),
      [
        {
          at: now,
          actor,
          action: 'revocation.created',
          target: String(revoked[1]?.seq),
          details: { ...entry, value: 'y\u0000' },
        },
        { at: now, actor, action: 'revocation.created', target: String(revoked[0]?.seq), details: entry },
      ],
    );
    await close();
  });
}
