import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin } from '../../../test/fixtures/an-admin.ts';

interface Key {
  readonly kid: string;
  readonly state: string;
  readonly published_until: string | null;
}

test('signing keys are listed by the part they play, without their private halves', async (t) => {
  const admin = await anAdmin(t);
  const { status, json, text } = await admin.call('GET', '/keys');
  assert.equal(status, 200);
  assert.deepEqual(
    json.items.map(({ state }: Key) => state),
    ['signing', 'next'],
  );
  assert.ok(!text.includes('"d"'));
});

test('a rotation lets the next key sign, makes another, and is audited', async (t) => {
  const admin = await anAdmin(t);
  const [old, next]: Key[] = (await admin.call('GET', '/keys')).json.items;
  const { status, json } = await admin.call('POST', '/keys/rotate');
  assert.equal(status, 200);
  assert.equal(json.items.length, 3);
  assert.notEqual(json.items.find(({ kid }: Key) => kid === old?.kid).published_until, null);
  const [record] = (await admin.call('GET', '/audit?action=keys.rotated')).json.items;
  assert.deepEqual([record.actor, record.target], ['client:operator', next?.kid]);
});
