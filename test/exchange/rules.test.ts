import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acmeAudience,
  anExchange,
  exchangeOf,
  job,
  jwtBearer,
  ordersAudience,
  reportsAudience,
  tokenExchange,
  web,
} from './an-exchange.ts';

const orders = { resource: ordersAudience };
const audience = `['${acmeAudience}']`;

async function grantTypes(issuer: string): Promise<string[]> {
  const metadata = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as object;
  return Object.getOwnPropertyDescriptor(metadata, 'grant_types_supported')?.value;
}

test('without a rule there is no such grant, and clients that are registered for it go on', async (t) => {
  const running = await anExchange(() => '[]');
  t.after(() => running.close());
  const offered = await grantTypes(running.issuer);
  assert.ok(!offered.includes(tokenExchange) && !offered.includes(jwtBearer), String(offered));
  const { json } = await running.exchange(exchangeOf(running.acmeToken(), orders));
  assert.equal(json.error, 'unsupported_grant_type');
  const form = { grant_type: 'client_credentials', ...orders };
  assert.equal((await running.ask('/token', form)).status, 200);
});

test('rules add up, each with its own condition, scopes and issuers', async (t) => {
  const running = await anExchange(
    () => `
    - { from: [acme], to: [orders], clients: [${web.id}], audience: ${audience}, scopes: [orders:read],
        when: "principal.client == 'reader'" }
    - { from: [acme], to: [orders], clients: [${web.id}], audience: ${audience}, scopes: [orders:read, orders:write],
        when: "principal.client == 'writer'" }
    - { from: [shop], to: [orders, reports], clients: [${web.id}], audience: ${audience} }
    - { from: [acme], to: [reports], clients: [${job.id}], audience: ${audience} }`,
  );
  t.after(() => running.close());
  const granted = async (token: string, form = {}) => {
    const { json } = await running.exchange(exchangeOf(token, { ...orders, ...form }));
    return json.error ?? json.scope;
  };
  assert.equal(await granted(running.acmeToken({ client_id: 'reader' })), 'orders:read');
  assert.equal(await granted(running.acmeToken({ client_id: 'writer' })), 'orders:read orders:write');
  assert.equal(await granted(running.acmeToken({ client_id: 'nobody' })), 'invalid_request');
  assert.equal(await granted(running.acmeToken({ client_id: 'reader' }), { scope: 'orders:write' }), 'invalid_scope');
  assert.equal(await granted(running.acmeToken({ client_id: 'writer' }), { scope: 'orders:write' }), 'orders:write');
  // Where a rule names no scopes, those of the token count.
  assert.equal(await granted(running.shopToken({ scope: 'orders:write other' })), 'orders:write');
  assert.equal(await granted(running.shopToken({ scope: 'orders:read' }), { scope: 'orders:write' }), 'invalid_scope');
  assert.equal(
    await granted(running.shopToken({ scope: 'reports:read' }), { resource: reportsAudience }),
    'reports:read',
  );
  // A rule for another client is none.
  assert.equal(
    await granted(running.acmeToken({ client_id: 'reader' }), { resource: reportsAudience }),
    'invalid_request',
  );
});

test('a token without a scope that is to be had is exchanged for one without scopes', async (t) => {
  const running = await anExchange(
    () => `[{ from: [acme], to: [reports], clients: [${web.id}], audience: ${audience} }]`,
  );
  t.after(() => running.close());
  const { json, status } = await running.exchange(exchangeOf(running.acmeToken({ scope: 'other' })));
  assert.deepEqual([status, json.scope], [200, undefined]);
  assert.equal((await running.call('/reports', json.access_token)).status, 403);
});

test('by default a token must be meant for us', async (t) => {
  const running = await anExchange(() => `[{ from: [acme], to: [orders], clients: [${web.id}] }]`);
  t.after(() => running.close());
  const { json } = await running.exchange(exchangeOf(running.acmeToken()));
  assert.match(json.error_description, /issued for another audience/);
  for (const aud of [running.issuer, `${running.issuer}/token`, [acmeAudience, running.issuer]]) {
    assert.equal((await running.exchange(exchangeOf(running.acmeToken({ aud })))).status, 200);
  }
});

test('an opaque token that its issuer does not know is not carried on to the next', async (t) => {
  const running = await anExchange(
    () => `
    - { from: [legacy], to: [orders], clients: [${web.id}], audience: ${audience} }
    - { from: [legacy, acme], to: [orders], clients: [${web.id}], audience: ${audience} }`,
  );
  t.after(() => running.close());
  const { json } = await running.exchange(exchangeOf('unknown-token'));
  assert.match(json.error_description, /\(introspection\)/);
  assert.equal(running.asked(), 1);
});

test('a reload changes the rules from the next request on', async (t) => {
  const rule = (client: string) => `[{ from: [acme], to: [orders], clients: [${client}], audience: ${audience} }]`;
  const running = await anExchange(() => rule(web.id));
  t.after(() => running.close());
  const tried = async (client: typeof web) =>
    (await running.exchange(exchangeOf(running.acmeToken()), client)).json.error ?? 'granted';
  assert.deepEqual([await tried(web), await tried(job)], ['granted', 'unauthorized_client']);
  await running.reload(() => rule(job.id));
  assert.deepEqual([await tried(web), await tried(job)], ['unauthorized_client', 'granted']);
  await running.reload(() => `[{ from: [shop], to: [orders], clients: [${web.id}], audience: ${audience} }]`);
  assert.deepEqual([await tried(web), await tried(job)], ['invalid_request', 'unauthorized_client']);
  await running.reload(() => '[]');
  assert.equal(await tried(web), 'unsupported_grant_type');
  assert.ok(!(await grantTypes(running.issuer)).includes(tokenExchange));
});

test('what was exchanged under a rule outlives it, on record and until it expires', async (t) => {
  const running = await anExchange(
    () => `[{ from: [acme], to: [orders], clients: [${web.id}], audience: ${audience} }]`,
  );
  t.after(() => running.close());
  const { json } = await running.exchange(exchangeOf(running.acmeToken(), orders));
  await running.reload(() => '[]');
  assert.equal((await running.call('/orders', json.access_token)).status, 200);
  running.wait(601_000 + 5_000);
  assert.equal((await running.call('/orders', json.access_token)).status, 401);
});
