import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin, assertProblem } from '../../../test/fixtures/an-admin.ts';

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

test('a rotation takes no input: what is sent along all the same is refused, and nothing is rotated', async (t) => {
  const admin = await anAdmin(t);
  const { json: before } = await admin.call('GET', '/keys');
  for (const body of ['{', '[]', '7', 'null', '{"drop":true}', '{"a":1,"a":2}', 'drop=true']) {
    const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded'];
    for (const type of types) {
      const answer = await admin.call('POST', '/keys/rotate', { body, headers: { 'content-type': type } });
      assertProblem(answer, 400, 'input_invalid');
      assert.equal(answer.json.errors[0].path, 'body');
    }
  }
  assert.deepEqual((await admin.call('GET', '/keys')).json, before);
  assert.equal((await admin.call('POST', '/keys/rotate', { body: {} })).status, 200);
});
