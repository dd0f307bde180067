import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { aJwe, anEncryptionKey } from '../../fixtures/a-jwe.ts';
import { post } from '../../fixtures/a-token-client.ts';
import type { Settings } from './federation-config.ts';
import { type Stage, setStage } from './stage.ts';

const consumers = `{ shop: { clients: [{ issuer: acme, client: web }] }, busy: { clients: [{ issuer: acme, client: busy }], rate: { requests: 2, per: 1h } } }`;
const [oldKey, newKey] = [anEncryptionKey('P-256'), anEncryptionKey('P-256')];
const exchange =
  '[{ from: [acme], to: [ours], clients: [changer], audience: [https://orders.example], scopes: [orders:read] }]';
const usual: Settings = { consumers, exchange, decryption: `[{ key: ${JSON.stringify(oldKey.pem)} }]` };

let stage: Stage;

before(async () => {
  stage = await setStage(usual);
});
after(() => stage?.close());
beforeEach(async () => {
  await stage.reload(usual);
  stage.legacy.asked.length = 0;
});

test('what does not change keeps its keys and its answers', async () => {
  const [jwt, token] = [stage.jwt(), stage.issue(stage.legacy, 'lg_kept')];
  for (const each of [jwt, token]) assert.equal((await stage.call('/orders', each)).status, 200);
  const fetched = stage.acme.reached();
  for (const realm of ['one', 'two', 'three']) {
    await stage.reload({ ...usual, realm });
    for (const each of [jwt, stage.jwt({ jti: realm }), token]) {
      assert.equal((await stage.call('/orders', each)).status, 200);
    }
    assert.match((await stage.call('/orders', 'lg_unknown')).headers.get('www-authenticate') ?? '', RegExp(realm));
  }
  assert.equal(stage.acme.reached(), fetched);
  assert.deepEqual(new Set(stage.legacy.asked), new Set([token, 'lg_unknown']));
  assert.equal(stage.legacy.asked.filter((each) => each === token).length, 1);
});

test('a line that was given up stays given up, and is not tried anew by every reload', async () => {
  stage.legacy.fail(true);
  for (let round = 0; round < 5; round++) await stage.call('/orders', `lg_down_${round}`);
  stage.legacy.asked.length = 0;
  await stage.reload({ ...usual, realm: 'other' });
  assert.equal((await stage.call('/orders', 'lg_down_5')).code, 'issuer_unavailable');
  assert.deepEqual(stage.legacy.asked, []);
  stage.legacy.fail(false);
  stage.wait(10_000);
});

test('another secret is shown from then on, and answers to the old one count no more', async () => {
  const token = stage.issue(stage.legacy, 'lg_secret');
  assert.equal((await stage.call('/orders', token)).status, 200);
  await stage.reload({ ...usual, secret: 'another' });
  assert.equal((await stage.call('/orders', token)).status, 200);
  assert.equal(stage.legacy.shown(), `Basic ${Buffer.from('gate:another').toString('base64')}`);
  assert.equal(stage.legacy.asked.length, 2);
});

test('an issuer that is no longer accepted vouches for nobody, whatever is remembered; and again when it is', async () => {
  const [jwt, token] = [stage.jwt(), stage.issue(stage.legacy, 'lg_dismissed')];
  for (const each of [jwt, token]) assert.equal((await stage.call('/orders', each)).status, 200);
  await stage.reload({ ...usual, accept: 'second' });
  assert.equal((await stage.call('/orders', jwt)).code, 'issuer_not_accepted');
  assert.equal((await stage.call('/orders', token)).code, 'token_inactive');
  assert.deepEqual(stage.second.asked.at(-1), token);
  await stage.reload(usual);
  for (const each of [jwt, token]) assert.equal((await stage.call('/orders', each)).status, 200);
});

test('who is blocked is refused with the next request, and let in again when it is not', async () => {
  const token = stage.jwt();
  assert.equal((await stage.call('/orders', token)).status, 200);
  await stage.reload({ ...usual, consumers: consumers.replace('client: web }]', 'client: web }], blocked: true') });
  assert.equal((await stage.call('/orders', token)).code, 'consumer_blocked');
  await stage.reload({ ...usual, consumers: consumers.replace('client: web', 'client: other') });
  assert.equal((await stage.call('/known', token)).code, 'consumer_unknown');
  await stage.reload(usual);
  assert.equal((await stage.call('/known', token)).told['gatehouse-consumer'], 'shop');
});

test('a reload gives nobody back what was spent of a rate', async () => {
  const call = () => stage.call('/orders', stage.jwt({ client_id: 'busy' }));
  assert.deepEqual([(await call()).status, (await call()).status, (await call()).status], [200, 200, 429]);
  await stage.reload({ ...usual, realm: 'other' });
  assert.equal((await call()).status, 429);
  await stage.reload({ ...usual, consumers: consumers.replace('client: web }]', 'client: web }], blocked: true') });
  assert.equal((await call()).status, 429, 'nor where another consumer changes');
});

test('keys to decrypt by come and go', async () => {
  const [old, renewed] = [await aJwe(oldKey, stage.jwt()), await aJwe(newKey, stage.jwt())];
  assert.deepEqual(
    [(await stage.call('/orders', old)).status, (await stage.call('/orders', renewed)).status],
    [200, 401],
  );
  const both = [oldKey, newKey].map(({ pem }) => `{ key: ${JSON.stringify(pem)} }`);
  await stage.reload({ ...usual, decryption: `[${both.join(', ')}]` });
  for (const token of [old, renewed]) assert.equal((await stage.call('/orders', token)).status, 200);
  await stage.reload({ ...usual, decryption: `[${both[1]}]` });
  assert.equal((await stage.call('/orders', old)).status, 401);
  assert.equal((await stage.call('/orders', renewed)).status, 200);
  const { decryption: _, ...without } = usual;
  await stage.reload(without);
  assert.equal((await stage.call('/orders', renewed)).code, 'token_encrypted');
});

test('a foreign token is exchanged for ours as long as a rule says so', async () => {
  const client = { id: 'changer', secret: 'of the changer' };
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    resource: 'https://ours.example',
    scope: 'orders:read',
  };
  const ask = () => post(stage.house.provider, '/token', { ...form, subject_token: stage.jwt() }, client);
  const { status, json, text } = await ask();
  assert.equal(status, 200, text);
  assert.equal((await stage.call('/ours', json.access_token)).status, 200);
  await stage.reload({ ...usual, exchange: '[]' });
  assert.equal((await ask()).status, 400);
  assert.equal((await stage.call('/ours', json.access_token)).status, 200, 'what was given stays given');
  await stage.reload(usual);
  assert.equal((await ask()).status, 200);
});
