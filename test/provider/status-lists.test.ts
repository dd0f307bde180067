import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type { Provider, ProviderOptions } from '../../src/provider/index.ts';
import type { NewRevocation } from '../../src/revocation/index.ts';
import { aProvider, ledgerApi, ordersApi, type RunningProvider, reporting } from '../fixtures/a-provider.ts';
import { post } from '../fixtures/a-token-client.ts';
import { anIssuedToken } from '../fixtures/an-issued-token.ts';
import { readList, readStatus, referenceOf } from '../fixtures/read-status.ts';

const listed = { ...ledgerApi, tokens: { ...ledgerApi.tokens, format: 'jwt', statusList: true } } as const;

async function aListedProvider(t: TestContext, options: Partial<ProviderOptions> = {}, clock?: () => number) {
  const running = await aProvider({ apis: [ordersApi, listed], ...options }, clock);
  t.after(() => running.close());
  return running;
}

async function take({ issuer }: RunningProvider, resource = listed.audience): Promise<string> {
  const form = { grant_type: 'client_credentials', resource };
  const { json, text } = await post(issuer, '/token', form, reporting);
  return json?.access_token ?? assert.fail(text);
}

const statusIn = ({ issuer }: RunningProvider, token: string): Promise<number> => readStatus(token, `${issuer}/jwks`);

/** Asks until it is so, for a second at most. */
async function within(milliseconds: number, isSo: () => Promise<boolean>): Promise<number> {
  const start = performance.now();
  while (!(await isSo())) {
    assert.ok(performance.now() - start < milliseconds, `not within ${milliseconds} ms`);
    await pause(10);
  }
  return performance.now() - start;
}

test('a JWT names its place in a list that others can verify; other tokens name none', async (t) => {
  const running = await aListedProvider(t);
  const token = await take(running);
  const { uri, idx } = referenceOf(token);
  assert.ok(uri.startsWith(`${running.issuer}/status-lists/`));
  const { claims, at } = await readList(uri, `${running.issuer}/jwks`);
  assert.equal(at(idx), 0);
  assert.deepEqual([claims.iss, claims.sub, claims['ttl']], [running.issuer, uri, 15]);
  assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 300);
  const opaque = await take(running, ordersApi.audience);
  assert.ok(opaque.startsWith('gho_'));
  const { store } = running;
  const [onRecord] = await store.tokenRegistry.list({ id: String(decodeJwt(token).jti), liveAt: 0, limit: 1 });
  assert.equal(onRecord?.status?.index, idx);
});

test('an API that wants no list has none', async (t) => {
  const running = await aListedProvider(t, { apis: [ordersApi, ledgerApi] });
  assert.equal(decodeJwt(await take(running))['status'], undefined);
});

test('every token has a place of its own, and the places tell no order', async (t) => {
  const running = await aListedProvider(t);
  const tokens = await Promise.all(Array.from({ length: 150 }, () => take(running)));
  const places = tokens.map((token) => referenceOf(token));
  assert.equal(new Set(places.map(({ uri, idx }) => `${uri} ${idx}`)).size, 150);
  assert.ok(Math.max(...places.map(({ idx }) => idx)) > 1000);
});

test('a token that is revoked at the endpoint is called invalid within a second, and no other is', async (t) => {
  const running = await aListedProvider(t);
  const [token, other] = [await take(running), await take(running)];
  assert.equal(await statusIn(running, token), 0);
  await post(running.issuer, '/revoke', { token }, reporting);
  await within(1000, async () => (await statusIn(running, token)) === 1);
  assert.equal(await statusIn(running, other), 0);
});

test('what was revoked before anybody asked is called invalid by the first answer, also after a restart', async (t) => {
  const running = await aListedProvider(t);
  const token = await take(running);
  await post(running.issuer, '/revoke', { token }, reporting);
  assert.equal(await statusIn(running, token), 1);
  await running.restart();
  assert.equal(await statusIn(running, token), 1);
});

test('another process that shares the store says the same', async (t) => {
  const running = await aListedProvider(t);
  const url = await serveProvider(t, await running.another());
  const token = await take(running);
  const { uri, idx } = referenceOf(token);
  const elsewhere = async (): Promise<number> => {
    const { pathname } = new URL(uri);
    const response = await fetch(url + pathname);
    const [, payload = ''] = (await response.text()).split('.');
    const { status_list } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const packed = new Blob([Buffer.from(status_list.lst, 'base64url')]).stream();
    const bytes = new Uint8Array(
      await new Response(packed.pipeThrough(new DecompressionStream('deflate'))).arrayBuffer(),
    );
    return ((bytes[idx >> 3] ?? 0xff) >> (idx & 7)) & 1;
  };
  assert.equal(await elsewhere(), 0);
  await post(running.issuer, '/revoke', { token }, reporting);
  await within(1000, async () => (await elsewhere()) === 1);
});

async function serveProvider(t: TestContext, provider: Provider): Promise<string> {
  const server = createServer(provider.handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const second = Math.floor(Date.now() / 1000);
const facts = { client: 'web', subject: 'mira', session: 's-1', keyId: 'k-1', issuedAt: second - 10 };
const foreign = 'https://acme.example';
const parent = {
  issuer: foreign,
  hash: 'ab'.repeat(32),
  id: 'AT.1',
  subject: 'u1',
  client: 'acme-web',
  issuedAt: second - 20,
};
const nested = { ...parent, nestedHash: 'cd'.repeat(32), session: 'sid-1', keyId: 'acme-key' };

/** What is revoked, and which of four tokens that hits: one of ours, one exchanged for acme's, a later and another one. */
const kinds: Readonly<Record<string, readonly [Partial<NewRevocation>, readonly string[]]>> = {
  'by jti': [{ kind: 'jti', value: 'the-own' }, ['own']],
  'by hash': [{ kind: 'token', value: 'ef'.repeat(32) }, ['own']],
  'by subject': [{ kind: 'subject', value: 'mira', before: second - 5 }, ['own']],
  'by subject at one client': [{ kind: 'subject', value: 'mira', client: 'web', before: second - 5 }, ['own']],
  'by subject at another client': [{ kind: 'subject', value: 'mira', client: 'other', before: second - 5 }, []],
  'by client': [{ kind: 'client', value: 'web', before: second - 5 }, ['own']],
  'by client, in the very second': [{ kind: 'client', value: 'web', before: second - 10 }, ['own']],
  'by client, the second before': [{ kind: 'client', value: 'web', before: second - 11 }, []],
  'by session': [{ kind: 'session', value: 's-1', before: second - 5 }, ['own']],
  'by key': [{ kind: 'key', value: 'k-1', before: second - 5 }, ['own']],
  'all that are older': [{ kind: 'issuer', value: '', before: second - 5 }, ['own', 'exchanged', 'other']],
  'by the jti of the parent': [{ issuer: foreign, kind: 'jti', value: 'AT.1' }, ['exchanged']],
  'by the hash within the parent': [{ issuer: foreign, kind: 'token', value: 'cd'.repeat(32) }, ['exchanged']],
  "by the parent's subject": [{ issuer: foreign, kind: 'subject', value: 'u1', before: second - 20 }, ['exchanged']],
  "by the parent's session": [{ issuer: foreign, kind: 'session', value: 'sid-1', before: second - 20 }, ['exchanged']],
  "by the parent's key": [{ issuer: foreign, kind: 'key', value: 'acme-key', before: second - 20 }, ['exchanged']],
  "by the parent's issuer": [{ issuer: foreign, kind: 'issuer', value: foreign, before: second - 20 }, ['exchanged']],
  'a jti of the same text by another issuer': [{ issuer: foreign, kind: 'jti', value: 'the-own' }, []],
};

for (const [how, [entry, hit]] of Object.entries(kinds)) {
  for (const when of ['before the list is asked for', 'afterwards']) {
    test(`${how}, ${when}: ${hit.join(', ') || 'none'}`, async (t) => {
      const running = await aListedProvider(t);
      const { store, issuer } = running;
      const { list } = await store.statusRegistry.give({ count: 64, size: 16_384, seed: 's' }, Date.now());
      const expiresAt = Date.now() + 600_000;
      const common = { kind: 'jwt', claims: undefined, expiresAt, issuedUntil: expiresAt } as const;
      const tokens = {
        own: { ...facts, id: 'the-own', hash: 'ef'.repeat(32) },
        exchanged: { issuedAt: second - 10, client: 'mesh', subject: 'svc', subjectTokens: [nested] },
        later: { ...facts, issuedAt: second - 2 },
        other: { issuedAt: second - 10, client: 'mesh', subject: 'svc' },
      };
      for (const [index, token] of Object.values(tokens).entries()) {
        await store.tokenRegistry.record(anIssuedToken({ ...common, ...token, status: { list, index } }));
      }
      const read = async (): Promise<readonly string[]> => {
        const { at } = await readList(`${issuer}/status-lists/${list}`, `${issuer}/jwks`);
        return Object.keys(tokens).filter((_, index) => at(index) === 1);
      };
      if (when === 'afterwards') assert.deepEqual(await read(), []);
      const value = entry.value === '' ? issuer : (entry.value ?? '');
      const full = { issuer, actor: 'test', expiresAt: expiresAt + 3e5, kind: 'jti', ...entry, value } as const;
      await running.revocations.revoke([full]);
      assert.deepEqual(await read(), hit);
    });
  }
}

test('a token that is to end early is called invalid from then on, and not before', async (t) => {
  let ahead = 0;
  const running = await aListedProvider(t, {}, () => Date.now() + ahead);
  const token = await take(running);
  assert.equal(await statusIn(running, token), 0);
  const end = Date.now() + 60_000;
  await running.provider.tokens.shorten({ client: 'reporting' }, end, { actor: 'test', reason: 'test' });
  assert.equal(await statusIn(running, token), 0);
  ahead = 61_000;
  assert.equal(await statusIn(running, token), 1);
});

test('a token of the second of a cut-off that gets onto the record after it is called invalid in seconds', async (t) => {
  const running = await aListedProvider(t);
  const { store, issuer } = running;
  const before = await take(running);
  assert.equal(await statusIn(running, before), 0);
  const { list } = await store.statusRegistry.give({ count: 1, size: 16_384, seed: 's' }, Date.now());
  const now = Date.now();
  const cutOff = Math.floor(now / 1000);
  const expiresAt = now + 60_000;
  const entry = {
    issuer,
    kind: 'client',
    value: 'late',
    before: cutOff,
    expiresAt: expiresAt + 3e5,
    actor: 'test',
  } as const;
  const uri = `${issuer}/status-lists/${list}`;
  await readList(uri, `${issuer}/jwks`);
  await running.revocations.revoke([entry]);
  await readList(uri, `${issuer}/jwks`);
  const token = { kind: 'jwt', client: 'late', issuedAt: cutOff, expiresAt, issuedUntil: expiresAt } as const;
  await store.tokenRegistry.record(anIssuedToken({ ...token, claims: undefined, status: { list, index: 16_000 } }));
  await within(4000, async () => (await readList(uri, `${issuer}/jwks`)).at(16_000) === 1);
});

test('is answered to anybody, with how long it may be kept', async (t) => {
  const running = await aListedProvider(t, { lifetimes: { statusList: 60_000 } });
  const { uri } = referenceOf(await take(running));
  const response = await fetch(uri, { headers: { origin: 'https://app.example' } });
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.equal(response.headers.get('cache-control'), 'public, max-age=30');
  assert.equal(decodeJwt(await response.text())['ttl'], 30, 'both together are no more than was promised');
  const head = await fetch(uri, { method: 'HEAD' });
  assert.deepEqual([head.status, await head.text()], [200, '']);
  assert.ok(Number(head.headers.get('content-length')) > 100);
  const preflight = await fetch(uri, { method: 'OPTIONS' });
  assert.deepEqual([preflight.status, preflight.headers.get('access-control-allow-methods')], [204, 'GET, HEAD']);
});

test('is no list where there is none, and answers nothing else', async (t) => {
  const running = await aListedProvider(t);
  const { uri } = referenceOf(await take(running));
  const statusOf = async (url: string, init?: RequestInit): Promise<number> => (await fetch(url, init)).status;
  assert.equal(await statusOf(`${uri}99`), 404);
  assert.equal(await statusOf(`${running.issuer}/status-lists/0`), 404);
  assert.equal(await statusOf(`${running.issuer}/status-lists/01`), 404);
  assert.equal(await statusOf(`${running.issuer}/status-lists/999999999999`), 404);
  assert.equal(await statusOf(uri, { method: 'POST' }), 405);
  assert.equal(await statusOf(uri, { method: 'DELETE' }), 405);
  assert.equal(await statusOf(`${uri}?time=1686925000`), 501);
  assert.equal(await statusOf(`${uri}?cache=no`), 200);
});

test('is not said at all while revocations may have been missed', async (t) => {
  const running = await aListedProvider(t);
  const { uri } = referenceOf(await take(running));
  assert.equal((await fetch(uri)).status, 200);
  await running.revocations.stop();
  await pause(5_100);
  const response = await fetch(uri);
  assert.equal(response.status, 503);
  assert.equal(response.headers.get('cache-control'), 'no-store');
});

test('goes when it is full and its last token has ended, long after', async (t) => {
  let ahead = 0;
  const running = await aListedProvider(t, {}, () => Date.now() + ahead);
  const { uri } = referenceOf(await take(running));
  const { statusRegistry } = running.store;
  await statusRegistry.give({ count: 16_384 - 64, size: 16_384, seed: 's' }, Date.now());
  await running.provider.purge(Date.now());
  assert.equal((await fetch(uri)).status, 200);
  ahead = 25 * 60 * 60_000;
  await running.provider.purge(Date.now() + ahead);
  assert.equal((await fetch(uri)).status, 404);
});
