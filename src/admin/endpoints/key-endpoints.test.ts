import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin } from '../../../test/fixtures/an-admin.ts';

test('signing keys are listed by the part they play, and a rotation is audited', async (t) => {
  const admin = await anAdmin(t);
  const before = (await admin.call('GET', '/keys')).json.items;
  assert.deepEqual(
    before.map(({ state }: { state: string }) => state),
    ['signing', 'next'],
  );
  const { status, json } = await admin.call('POST', '/keys/rotate');
  assert.equal(status, 200);
  const signing = json.items.find(({ state }: { state: string }) => state === 'signing');
  assert.equal(signing.kid, before[1].kid);
  const [record] = (await admin.call('GET', '/audit?action=keys.rotated')).json.items;
  assert.deepEqual([record.actor, record.target], ['client:operator', signing.kid]);
});
