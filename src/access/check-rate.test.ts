import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aProtectedApi, aRealAccess, currentClaims } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import { type ConsumerRate, createConsumers } from './consumers.ts';
import type { Access } from './create-access.ts';
import type { Decision } from './decision.ts';
import type { ProtectedApi } from './protected-api.ts';

const claims = currentClaims();
const now = claims.exp * 1000 - 300_000;
const [acme, other] = [anIssuer('acme'), anIssuer('other')];
const rate = { requests: 2, per: 10_000, burst: 2 };
const directory = (by: ConsumerRate | undefined = rate) =>
  createConsumers([
    {
      name: 'partner',
      clients: [
        { issuer: 'acme', client: 'web' },
        { issuer: 'other', client: 'app' },
      ],
      rate: by,
    },
  ]);
const consumers = directory();
const orders = aProtectedApi([acme, other], { consumers });
const byAcme = aRequest({ authorization: [`Bearer ${acme.sign(claims)}`] });
const byOther = aRequest({ authorization: [`Bearer ${other.sign({ ...claims, client_id: 'app' })}`] });

const codeOf = (decision: Decision): string => (decision.granted ? 'granted' : decision.rejection.code);
const codeFor = async (access: Access, api: ProtectedApi = orders, at = now, request = byAcme): Promise<string> =>
  codeOf(await access.decide(api, request, at));

test('a consumer is slowed down by all of its tokens together, and told when to come back', async () => {
  const access = aRealAccess();
  assert.equal(await codeFor(access), 'granted');
  assert.equal(await codeFor(access, orders, now, byOther), 'granted');
  const refused = await access.decide(orders, byAcme, now);
  assert.ok(!refused.granted);
  assert.equal(refused.rejection.code, 'rate_exceeded');
  assert.equal(refused.rejection.retryAfter, 5);
  assert.equal(refused.principal?.consumer, 'partner');
  assert.equal(await codeFor(access, orders, now + 5_000), 'granted');
});

test('each API counts by itself', async () => {
  const access = aRealAccess();
  for (const name of ['orders', 'bills']) {
    const api = aProtectedApi([acme], { consumers, name });
    assert.deepEqual([await codeFor(access, api), await codeFor(access, api)], ['granted', 'granted']);
    assert.equal(await codeFor(access, api), 'rate_exceeded');
  }
});

test('what something else refuses is not counted', async () => {
  const access = aRealAccess();
  const elsewhere = aProtectedApi([acme], { consumers, audiences: ['elsewhere'] });
  for (let i = 0; i < 5; i++) assert.equal(await codeFor(access, elsewhere), 'audience_mismatch');
  assert.deepEqual([await codeFor(access), await codeFor(access)], ['granted', 'granted']);
});

test('explain and a review count nothing; explain says that the rate is used up, a review goes on', async () => {
  const access = aRealAccess();
  for (let i = 0; i < 5; i++) {
    assert.ok((await access.explain(orders, byAcme, now)).granted);
    assert.ok((await access.review(orders, byAcme, now)).granted);
  }
  assert.deepEqual([await codeFor(access), await codeFor(access)], ['granted', 'granted']);
  assert.equal((await access.explain(orders, byAcme, now)).rejection?.code, 'rate_exceeded');
  assert.ok((await access.review(orders, byAcme, now)).granted);
});

test('a reload fills no bucket, and a rate that is taken away holds nobody up', async () => {
  const access = aRealAccess();
  await codeFor(access);
  await codeFor(access);
  assert.equal(await codeFor(access, aProtectedApi([acme], { consumers: directory() })), 'rate_exceeded');
  const free = createConsumers([{ name: 'partner', clients: [{ issuer: 'acme', client: 'web' }] }]);
  assert.equal(await codeFor(access, aProtectedApi([acme], { consumers: free })), 'granted');
});

test('nobody we know has no rate', async () => {
  const access = aRealAccess();
  const api = aProtectedApi([acme], { consumers: createConsumers([]) });
  for (let i = 0; i < 20; i++) assert.equal(await codeFor(access, api), 'granted');
});
