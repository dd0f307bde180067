import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aProtectedApi, aRealAccess, currentClaims } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import { compilePolicy } from '../policy/index.ts';
import { createConsumers } from './consumers.ts';
import type { ProtectedApi } from './protected-api.ts';

const claims = currentClaims();
const now = claims.exp * 1000 - 300_000;
const acme = anIssuer('acme');
const consumers = createConsumers([
  { name: 'partner', clients: [{ issuer: 'acme', client: 'partner-web' }] },
  { name: 'rogue', clients: [{ issuer: 'acme', client: 'rogue-web' }], blocked: true },
]);
const bearing = (client: string | undefined) =>
  aRequest({ authorization: [`Bearer ${acme.sign({ ...claims, ...{ client_id: client } } as typeof claims)}`] });

async function outcomeOf(client: string | undefined, facts: Partial<ProtectedApi>): Promise<string> {
  const decision = await aRealAccess().decide(aProtectedApi([acme], { consumers, ...facts }), bearing(client), now);
  return decision.granted ? `granted to ${decision.principal.consumer ?? 'nobody we know'}` : decision.rejection.code;
}

const table: readonly [ProtectedApi['consumer'], string | undefined, string][] = [
  ['any', 'partner-web', 'granted to partner'],
  ['any', 'stranger', 'granted to nobody we know'],
  ['any', undefined, 'granted to nobody we know'],
  ['any', 'rogue-web', 'consumer_blocked'],
  ['known', 'partner-web', 'granted to partner'],
  ['known', 'stranger', 'consumer_unknown'],
  ['known', undefined, 'consumer_unknown'],
  ['known', 'rogue-web', 'consumer_blocked'],
  [['partner'], 'partner-web', 'granted to partner'],
  [['other'], 'partner-web', 'consumer_not_allowed'],
  [['partner'], 'stranger', 'consumer_unknown'],
  [['rogue'], 'rogue-web', 'consumer_blocked'],
  [[], 'partner-web', 'consumer_not_allowed'],
];

for (const [demand, client, outcome] of table) {
  test(`where an API serves ${JSON.stringify(demand)}, the client ${client} is ${outcome}`, async () => {
    assert.equal(await outcomeOf(client, { consumer: demand }), outcome);
  });
}

test('a rule and an expression may ask for a consumer', async () => {
  for (const rule of [{ consumers: ['partner', 'other'] }, { when: 'principal.consumer == "partner"' }]) {
    const policy = compilePolicy([rule]);
    assert.equal(await outcomeOf('partner-web', { policy }), 'granted to partner');
    assert.notEqual(await outcomeOf('stranger', { policy }), 'granted to nobody we know');
  }
});

test('explain shows who the consumer is, or why it is refused', async () => {
  const api = aProtectedApi([acme], { consumers, consumer: 'known' });
  const known = await aRealAccess().explain(api, bearing('partner-web'), now);
  assert.equal(known.steps.at(-1)?.facts['consumer'], 'partner');
  const refused = await aRealAccess().explain(api, bearing('stranger'), now);
  assert.deepEqual(refused.rejection?.facts, { issuer: 'acme', client: 'stranger', demand: 'known' });
});
