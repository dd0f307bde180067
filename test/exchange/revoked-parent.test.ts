import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  acme,
  acmeAudience,
  anExchange,
  exchangeOf,
  hashOf,
  ordersAudience,
  type RunningExchange,
  reportsAudience,
  web,
} from './an-exchange.ts';

let running: RunningExchange;

before(async () => {
  running = await anExchange(
    () => `[{ from: [acme, legacy, provider], to: [orders, reports], clients: [${web.id}],
              audience: ['${acmeAudience}', '${ordersAudience}'], scopes: [orders:read, reports:read] }]`,
  );
});
after(() => running?.close());

const orders = { resource: ordersAudience };
const told = async (token: string) => (await running.ask('/introspect', { token })).json;

async function exchanged(token: string, form = orders): Promise<string> {
  const { json, status } = await running.exchange(exchangeOf(token, form));
  assert.equal(status, 200, JSON.stringify(json));
  return json.access_token;
}

/** What the gateway says to a call with it. */
async function codeOf(path: string, token: string | undefined): Promise<string> {
  const response = await running.call(path, token ?? '');
  const { code = 'granted' } = (await response.json()) as { code?: string };
  return code;
}

test('what came of a foreign token dies with it, by whatever name it is revoked', async () => {
  const claims = { sub: 'doomed', client_id: 'doomed-app', sid: 'doomed-session', jti: 'doomed-jti' };
  const revocations: Readonly<Record<string, (token: string) => Readonly<Record<string, unknown>>>> = {
    hash: (token) => ({ kind: 'token', issuer: acme, hash: hashOf(token) }),
    jti: () => ({ kind: 'jti', issuer: acme, value: claims.jti }),
    session: () => ({ kind: 'session', issuer: acme, value: claims.sid }),
    subject: () => ({ kind: 'subject', issuer: acme, value: claims.sub }),
    client: () => ({ kind: 'client', issuer: acme, value: claims.client_id }),
  };
  for (const [name, entry] of Object.entries(revocations)) {
    const own = { ...claims, sub: `${claims.sub}-${name}`, client_id: `${claims.client_id}-${name}` };
    const token = running.acmeToken({ ...own, jti: `${claims.jti}-${name}`, sid: `${claims.sid}-${name}` });
    const children = [await exchanged(token), await exchanged(token, { resource: reportsAudience })];
    for (const child of children) assert.equal((await told(child)).active, true, name);
    const calls = [(): Promise<string> => codeOf('/orders', children[0]), () => codeOf('/reports', children[1])];
    for (const call of calls) assert.equal(await call(), 'granted', name);
    const { value, ...rest } = entry(token);
    await running.revoke({ ...rest, ...(value !== undefined && { value: `${value}-${name}` }) });
    for (const child of children) assert.deepEqual(await told(child), { active: false }, name);
    for (const call of calls) assert.equal(await call(), 'token_revoked', name);
    const again = await running.exchange(exchangeOf(token, orders));
    assert.match(again.json.error_description, /\(revocation\)/);
  }
  await told(await exchanged(running.acmeToken()));
});

test('so does what came of what came of it', async () => {
  const token = running.acmeToken();
  const grandchild = await exchanged(await exchanged(token));
  assert.equal((await told(grandchild)).active, true);
  assert.equal(await codeOf('/orders', grandchild), 'granted');
  await running.revoke({ kind: 'token', token });
  assert.deepEqual(await told(grandchild), { active: false });
  assert.equal(await codeOf('/orders', grandchild), 'token_revoked');
});

test('and the child of an opaque token', async () => {
  running.legacy('opaque-1', {});
  const child = await exchanged('opaque-1');
  await running.revoke({ kind: 'token', issuer: 'legacy', hash: hashOf('opaque-1') });
  assert.deepEqual(await told(child), { active: false });
  assert.equal(await codeOf('/orders', child), 'token_revoked');
});

test('who cuts off a subject or a client of ours also ends what earlier tokens could be made into', async () => {
  const now = Math.floor(Date.now() / 1000);
  const [early, late] = [now - 30, now - 10].map((iat) => running.acmeToken({ sub: 'cut-off', iat }));
  const { sub } = await told(await exchanged(early ?? ''));
  await running.revoke({ kind: 'subject', issuer: running.issuer, value: sub, before: now - 20 });
  const { json } = await running.exchange(exchangeOf(early ?? '', orders));
  assert.match(json.error_description, /\(revocation\)/);
  assert.equal((await told(await exchanged(late ?? ''))).sub, sub);
});

test('after a key of the foreign issuer was revoked, what its tokens became is dead', async () => {
  const child = await exchanged(running.acmeToken());
  assert.equal((await told(child)).active, true);
  await running.revoke({ kind: 'key', issuer: acme, value: 'acme' });
  assert.deepEqual(await told(child), { active: false });
});
