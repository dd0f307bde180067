import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { relyingParty, takeTokens } from '../fixtures/a-sign-in.ts';
import { acmeAudience, anExchange, exchangeOf, job, ordersAudience, type RunningExchange, web } from './an-exchange.ts';

let running: RunningExchange;

before(async () => {
  running = await anExchange(
    () => `
    - { from: [provider], to: [orders, reports], clients: [${web.id}, ${job.id}], audience: ['${ordersAudience}'],
        scopes: [orders:read, orders:write, reports:read] }
    - { from: [acme], to: [orders], clients: [${web.id}], audience: ['${acmeAudience}'] }`,
  );
});
after(() => running?.close());

const orders = { resource: ordersAudience };

async function ownToken(scope = 'orders:read orders:write'): Promise<string> {
  const form = { grant_type: 'client_credentials', scope, ...orders };
  return (await running.ask('/token', form)).json.access_token;
}

const told = async (token: string) => (await running.ask('/introspect', { token })).json;

test('a token of ours is exchanged for one that can do less, and keeps its subject', async () => {
  const { json, status } = await running.exchange(exchangeOf(await ownToken(), { ...orders, scope: 'orders:read' }));
  assert.equal(status, 200, JSON.stringify(json));
  const { sub, scope, act, active } = await told(json.access_token);
  assert.deepEqual([active, sub, scope, act], [true, web.id, 'orders:read', { sub: web.id }]);
});

test('and never for one that can do more, or lives longer', async () => {
  const narrow = await ownToken('orders:read');
  const { json } = await running.exchange(exchangeOf(narrow, { ...orders, scope: 'orders:read orders:write' }));
  assert.equal(json.error, 'invalid_scope');
  const all = await running.exchange(exchangeOf(narrow, orders));
  assert.equal(all.json.scope, 'orders:read');
  const [before, after] = [await told(narrow), await told(all.json.access_token)];
  assert.ok(after.exp <= before.exp);
});

test('each who acted stands in the chain, the last one first', async () => {
  const first = await running.exchange(exchangeOf(await ownToken(), orders));
  const second = await running.exchange(exchangeOf(first.json.access_token, orders), job);
  assert.equal(second.status, 200, JSON.stringify(second.json));
  const { act, sub, client_id } = (await running.ask('/introspect', { token: second.json.access_token }, job)).json;
  assert.deepEqual([act, sub, client_id], [{ sub: job.id, act: { sub: web.id } }, web.id, job.id]);
});

test('a chain that would have no end is ended', async () => {
  let token = await ownToken();
  let hands = 0;
  for (; hands < 20; hands++) {
    const { status, json } = await running.exchange(exchangeOf(token, orders));
    if (status !== 200) break;
    token = json.access_token;
  }
  assert.equal(hands, 8);
});

test('a token of ours whose source is dead is exchanged no more', async () => {
  const source = await ownToken();
  const child = (await running.exchange(exchangeOf(source, orders))).json.access_token;
  const grandchild = (await running.exchange(exchangeOf(child, orders))).json.access_token;
  assert.equal((await told(grandchild)).active, true);
  await running.ask('/revoke', { token: source });
  for (const token of [child, grandchild]) assert.deepEqual(await told(token), { active: false });
  const { status, json } = await running.exchange(exchangeOf(child, orders));
  assert.deepEqual([status, json.error], [400, 'invalid_request']);
  assert.match(json.error_description, /\(revocation\)/);
});

test('a child belongs to the family of a person, and dies with it', async () => {
  const config = await relyingParty(running.issuer, { ...web, grants: [] });
  const tokens = await takeTokens(config, { scope: 'openid orders:read', ...orders });
  const child = (await running.exchange(exchangeOf(tokens.access_token, orders))).json.access_token;
  const { sub, email, active } = await told(child);
  assert.deepEqual([active, sub, email], [true, 'ada', 'ada@example.com']);
  assert.equal((await running.call('/orders', child)).status, 200);
  await running.ask('/revoke', { token: tokens.refresh_token ?? '' });
  assert.deepEqual(await told(child), { active: false });
  assert.equal((await running.call('/orders', child)).status, 401, 'on the gateway, too');
});
