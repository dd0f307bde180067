import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AuditEntry, AuditLog } from '../../src/admin/index.ts';

/** An audit log on its real engine, empty when opened. */
export interface AuditLogUnderTest {
  readonly log: AuditLog;
  close(): Promise<void>;
}

const entry: AuditEntry = {
  at: 1_800_000_000_000,
  actor: 'client:operator',
  action: 'client.created',
  target: 'reporting',
  details: { grants: ['client_credentials'], nested: { name: 'Zürich', count: 2.5, none: null } },
};

/** What every AuditLog does, whichever engine it stands on. */
export function auditLogContract(name: string, open: () => Promise<AuditLogUnderTest>): void {
  describe(name, () => {
    let subject: AuditLogUnderTest;
    before(async () => {
      subject = await open();
      await subject.log.record(entry);
      await subject.log.record({ ...entry, action: 'client.deleted', at: entry.at + 1 });
      await subject.log.record({
        ...entry,
        actor: 'subject:ada',
        action: 'key.rotated',
        target: 'provider',
        details: {},
      });
    });
    after(() => subject.close());

    test('lists what was recorded, newest first, member by member', async () => {
      const records = await subject.log.list({ limit: 10 });
      assert.deepEqual(
        records.map(({ action }) => action),
        ['key.rotated', 'client.deleted', 'client.created'],
      );
      const { seq, ...rest } = records[2]!;
      assert.ok(Number.isSafeInteger(seq));
      assert.deepEqual(JSON.parse(JSON.stringify(rest)), entry);
    });

    test('lists no more than was asked for, and goes on where it stopped', async () => {
      const first = await subject.log.list({ limit: 2 });
      assert.equal(first.length, 2);
      const second = await subject.log.list({ limit: 2, before: first[1]!.seq });
      assert.deepEqual(
        second.map(({ action }) => action),
        ['client.created'],
      );
      assert.deepEqual(await subject.log.list({ limit: 2, before: second[0]!.seq }), []);
    });

    test('filters by actor, action and target, all together', async () => {
      const count = async (filter: object): Promise<number> =>
        (await subject.log.list({ limit: 10, ...filter })).length;
      assert.equal(await count({ actor: 'client:operator' }), 2);
      assert.equal(await count({ action: 'client.deleted' }), 1);
      assert.equal(await count({ target: 'reporting' }), 2);
      assert.equal(await count({ target: 'reporting', action: 'key.rotated' }), 0);
      assert.equal(await count({ actor: "' OR 1=1 --" }), 0);
      assert.equal(await count({ actor: 'client:%' }), 0);
    });
  });
}
