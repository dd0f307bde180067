import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin, assertProblem, ordersAudience } from '../../../test/fixtures/an-admin.ts';

test('APIs are listed with the token format chosen for each, and why', async (t) => {
  const admin = await anAdmin(t);
  const { status, json } = await admin.call('GET', '/apis');
  assert.equal(status, 200);
  const [orders] = json.items;
  assert.deepEqual([orders.name, orders.audiences], ['orders', [ordersAudience]]);
  assert.equal(orders.tokens.format, 'opaque');
  assert.match(orders.tokens.reasons[0], /early-revocation/);
});

test('one API is shown, and an unknown one is a 404', async (t) => {
  const admin = await anAdmin(t);
  assert.equal((await admin.call('GET', '/apis/orders')).json.name, 'orders');
  assertProblem(await admin.call('GET', '/apis/__proto__'), 404, 'resource_unknown');
});
