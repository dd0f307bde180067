import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

before(async () => {
  stage = await setStage({
    consumers: `
  shop: { clients: [{ issuer: acme, client: web }, { issuer: legacy, client: web }, { issuer: legacy, client: till }] }
  desk: { clients: [{ issuer: acme, client: desk }], blocked: true }
  busy: { clients: [{ issuer: acme, client: busy }], rate: { requests: 2, per: 1m } }`,
  });
});
after(() => stage?.close());

test('a consumer is known by whichever of its clients calls, whoever issued the token', async () => {
  const tokens = [
    stage.jwt(),
    stage.issue(stage.legacy, 'lg_shop'),
    stage.issue(stage.legacy, 'lg_till', { client_id: 'till' }),
  ];
  for (const token of tokens) {
    const { status, told } = await stage.call('/known', token);
    assert.deepEqual([status, told['gatehouse-consumer']], [200, 'shop']);
  }
});

test('the same client id at another issuer is somebody else', async () => {
  assert.equal((await stage.call('/known', stage.jwt({ client_id: 'till' }))).code, 'consumer_unknown');
});

test('whoever is not known may call where anybody may', async () => {
  const { status, told } = await stage.call('/orders', stage.jwt({ client_id: 'till' }));
  assert.deepEqual([status, told['gatehouse-consumer']], [200, undefined]);
});

test('who is blocked is blocked at every API', async () => {
  for (const path of ['/orders', '/known']) {
    const { status, code } = await stage.call(path, stage.jwt({ client_id: 'desk' }));
    assert.deepEqual([status, code], [403, 'consumer_blocked']);
  }
});

test('a rate is of each API, counts whatever token is used, and comes back with time', async () => {
  const call = (path: string) => stage.call(path, stage.jwt({ client_id: 'busy', jti: String(Math.random()) }));
  assert.deepEqual([(await call('/orders')).status, (await call('/orders')).status], [200, 200]);
  const { status, code, headers } = await call('/orders');
  assert.deepEqual([status, code], [429, 'rate_exceeded']);
  const seconds = Number(headers.get('retry-after'));
  assert.ok(seconds > 0 && seconds <= 30, headers.get('retry-after') ?? 'no Retry-After');
  assert.equal((await call('/known')).status, 200);
  stage.wait(seconds * 1000);
  assert.equal((await call('/orders')).status, 200);
  assert.equal((await call('/orders')).status, 429);
});
