import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { OptionsInvalid } from '../../src/provider/index.ts';
import { aProvider, ledgerApi, ordersApi, type RunningProvider, reporting } from '../fixtures/a-provider.ts';
import { web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';

let running: RunningProvider;
beforeEach(async () => {
  running = await aProvider({ clients: [reporting, web] });
});
afterEach(() => running.close());

const note = { actor: 'test', reason: 'a test' };

async function take(
  resource: string,
  client: { id: string; secret?: string | undefined } = reporting,
): Promise<string> {
  const { json } = await post(running.issuer, '/token', { grant_type: 'client_credentials', resource }, client);
  return json.access_token;
}

async function isActive(token: string, client: { id: string; secret?: string | undefined } = reporting) {
  return (await post(running.issuer, '/introspect', { token }, client)).json.active;
}

test('lists the live tokens of a client, page by page, and drops those that were revoked', async () => {
  for (let n = 0; n < 3; n += 1) await take(ordersApi.audience);
  const jwt = await take(ledgerApi.audience);
  await take(ordersApi.audience, web);
  const { tokens } = running.provider;
  const first = await tokens.list({ client: 'reporting', limit: 3 });
  const rest = await tokens.list({ client: 'reporting', limit: 3, after: first.next });
  assert.deepEqual([first.tokens.length, rest.tokens.length, rest.next], [3, 1, undefined]);
  await post(running.issuer, '/revoke', { token: jwt }, reporting);
  const left = await tokens.list({ client: 'reporting', limit: 10 });
  assert.deepEqual(
    left.tokens.map(({ kind }) => kind),
    ['opaque', 'opaque', 'opaque'],
  );
});

test('a shortened token ends when it is told to, in gateways that remember it too, whichever kind it is', async () => {
  for (const audience of [ordersApi.audience, ledgerApi.audience]) {
    const token = await take(audience);
    const { tokens } = await running.provider.tokens.list({ client: 'reporting', limit: 1 });
    const id = tokens[0]?.id ?? '';
    const end = Math.ceil(Date.now() / 1000) * 1000;
    assert.equal(await running.provider.tokens.shorten({ id }, end, note), 1);
    const told = (await post(running.issuer, '/introspect', { token }, reporting)).json;
    if (told.active) assert.equal(told.exp, end / 1000);
    const [entry] = await running.store.revocationLog.list({ limit: 1 });
    assert.deepEqual([entry?.kind, entry?.value, entry?.from], ['jti', id, end]);
    while (Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await isActive(token), false);
  }
});

test('revokes one token, all of a client, all of a subject, or what a client has of a subject', async () => {
  const one = await take(ordersApi.audience);
  const { tokens } = running.provider;
  const [token] = (await tokens.list({ limit: 1 })).tokens;
  const other = await take(ordersApi.audience);
  await tokens.revoke({ id: token?.id }, note);
  assert.deepEqual([await isActive(one), await isActive(other)], [false, true]);
  const ofWeb = await take(ordersApi.audience, web);
  await tokens.revoke({ subject: 'web', client: 'reporting' }, note);
  assert.equal(await isActive(ofWeb, web), true);
  await tokens.revoke({ client: 'reporting' }, note);
  assert.deepEqual([await isActive(other), await isActive(ofWeb, web)], [false, true]);
  await tokens.revoke({ subject: 'web' }, note);
  assert.equal(await isActive(ofWeb, web), false);
  await assert.rejects(tokens.revoke({}, note), TypeError);
});

test('a client is registered with a secret that is shown once, gets a new one, and is removed with its tokens', async () => {
  const { clients } = running.provider;
  const made = await clients.register({
    id: 'crawler',
    authentication: 'secret',
    grants: ['client_credentials'],
    scopes: ['orders:read'],
  });
  const client = { id: 'crawler', secret: made?.secret };
  const token = await take(ordersApi.audience, client);
  assert.equal(await isActive(token, client), true);
  assert.ok(!JSON.stringify(await clients.list()).includes(client.secret ?? ''));
  const taken = { id: 'crawler', authentication: 'secret', grants: ['client_credentials'] } as const;
  assert.equal(await clients.register(taken), undefined);
  const renewed = { id: 'crawler', secret: (await clients.renewSecret('crawler'))?.secret };
  assert.equal(await take(ordersApi.audience, client), undefined);
  const after = await take(ordersApi.audience, renewed);
  assert.equal(await clients.remove('crawler', 'test'), true);
  assert.equal(await take(ordersApi.audience, renewed), undefined);
  const live = await running.provider.tokens.list({ client: 'crawler', limit: 10 });
  assert.deepEqual([after.slice(0, 4), live.tokens], ['gho_', []]);
});

test('a client of the configuration can neither be replaced nor removed, and a faulty one is not registered', async () => {
  const { clients } = running.provider;
  const wanted = { id: 'reporting', authentication: 'secret', grants: ['client_credentials'] } as const;
  assert.equal(await clients.register(wanted), undefined);
  assert.equal(await clients.renewSecret('reporting'), undefined);
  assert.equal(await clients.remove('reporting', 'test'), false);
  assert.equal(clients.isConfigured('reporting'), true);
  const faulty = { id: 'x', authentication: 'none', grants: ['client_credentials'] } as const;
  await assert.rejects(clients.register(faulty), OptionsInvalid);
  await assert.rejects(clients.register({ ...wanted, id: 'y', authentication: 'private_key_jwt' }), OptionsInvalid);
});

test('a reload takes other clients and APIs from the next request on, and refuses what is not sound', async () => {
  const { provider, options, issuer } = running;
  const crawler = { ...reporting, id: 'crawler' };
  provider.reload({ ...options, clients: [crawler] });
  assert.match(await take(ordersApi.audience, crawler), /^gho_/);
  assert.equal(await take(ordersApi.audience), undefined);
  assert.throws(
    () => provider.reload({ issuer, apis: [{ name: 'x', audience: 'no-uri', scopes: [] }] }),
    OptionsInvalid,
  );
  assert.match(await take(ordersApi.audience, crawler), /^gho_/);
});

test('what has ended is purged', async () => {
  await take(ordersApi.audience);
  assert.equal(await running.provider.purge(Date.now()), 0);
  assert.equal(await running.provider.purge(Date.now() + 901_000), 1);
});
