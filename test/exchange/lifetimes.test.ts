import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  acme,
  acmeAudience,
  anExchange,
  exchangeOf,
  hashOf,
  ordersAudience,
  payloadOf,
  type RunningExchange,
  reportsAudience,
  web,
} from './an-exchange.ts';

let running: RunningExchange;

before(async () => {
  running = await anExchange(
    () => `[{ from: [acme, provider], to: [orders, reports], clients: [${web.id}],
              audience: ['${acmeAudience}', '${reportsAudience}'], scopes: [orders:read, reports:read] }]`,
  );
});
after(() => running?.close());

const orders = { resource: ordersAudience };
const reports = { resource: reportsAudience };
const now = () => Math.floor(Date.now() / 1000);
const told = async (token: string) => (await running.ask('/introspect', { token })).json;

async function ownJwt(): Promise<string> {
  const { json } = await running.ask('/token', { grant_type: 'client_credentials', scope: 'reports:read', ...reports });
  return json.access_token;
}

test('a token that a gateway lets in by its leeway alone is exchanged for nothing', async () => {
  for (const exp of [now() - 3, now()]) {
    const { status, json } = await running.exchange(exchangeOf(running.acmeToken({ exp }), orders));
    assert.deepEqual([status, json.error], [400, 'invalid_request']);
    assert.match(json.error_description, /\(expiry\)/);
  }
});

test('a token of ours that was shortened hands on what is left', async () => {
  const token = await ownJwt();
  const { jti } = payloadOf(token);
  const sooner = (now() + 60) * 1000;
  const shortened = await running.manage('PATCH', `/tokens/${jti}`, { expires_at: new Date(sooner).toISOString() });
  assert.deepEqual(await shortened.json(), { tokens: 1 });
  const { json } = await running.exchange(exchangeOf(token, reports));
  assert.ok(json.expires_in <= 60 && json.expires_in > 50, JSON.stringify(json));
  assert.equal(payloadOf(json.access_token)['exp'], sooner / 1000);
});

test('what came of it can be shortened, listed and revoked as any other token', async () => {
  const token = running.acmeToken({ sub: 'listed', jti: 'listed-1' });
  const { json } = await running.exchange(exchangeOf(token, reports));
  const { jti, sub } = payloadOf(json.access_token);
  const list = async () => {
    const answer = await running.manage('GET', `/tokens?subject=${sub}`);
    return ((await answer.json()) as { items: { id: string; client: string; exchanged_from: object[] }[] }).items;
  };
  const [listed] = await list();
  assert.deepEqual([listed?.id, listed?.client], [jti, web.id]);
  const from = { issuer: acme, hash: hashOf(token), id: 'listed-1', subject: 'listed', client: 'acme-app' };
  assert.deepEqual(listed?.exchanged_from, [from]);
  assert.equal((await running.ask('/revoke', { token: json.access_token })).status, 200);
  assert.deepEqual(await list(), []);
  assert.equal((await running.call('/reports', json.access_token)).status, 401);
});

/** Of an ECDSA signature (R, S) anybody makes (R, n - S). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

test('a token of ours is taken in the spelling that is on record alone, and nothing else that we signed', async () => {
  const [header, payload, signature = ''] = (await ownJwt()).split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const s = order - BigInt(`0x${bytes.toString('hex', 32)}`);
  const turned = Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
  const twin = `${header}.${payload}.${turned.toString('base64url')}`;
  assert.equal((await running.call('/reports', twin)).status, 200, 'a gateway cannot know');
  const { json } = await running.exchange(exchangeOf(twin, reports));
  assert.deepEqual([json.error, json.access_token], ['invalid_request', undefined]);
  const { json: good } = await running.exchange(exchangeOf(`${header}.${payload}.${signature}`, reports));
  assert.equal((await told(good.access_token)).active, true);
});

test('nor what only looks like a token of ours', async () => {
  const refused = async (token: string) => (await running.exchange(exchangeOf(token, orders))).json.error_description;
  const { json } = await running.exchange(exchangeOf(running.acmeToken(), orders));
  assert.match(await refused(json.access_token), /\(policy\)/, 'the rule is for tokens of another API');
  assert.match(await refused(`${json.access_token.slice(0, -1)}0`), /\(structure\)/, 'mistyped');
  assert.match(await refused(web.secret.replaceAll(' ', '')), /\(structure\)/, 'a secret');
});
