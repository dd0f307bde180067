/**
 * Client ids are unique within an issuer and nowhere else: whoever may register clients at one issuer chooses the id of
 * somebody else's at another. A consumer looked up by client id alone would then be him (CWE-290).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConsumers } from '../../src/access/index.ts';
import { compilePolicy } from '../../src/policy/index.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { aRequest } from '../fixtures/a-request.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

const [acme, evil] = [anIssuer('acme'), anIssuer('evil')];
const claims = currentClaims();
const now = claims.exp * 1000 - 60_000;
const consumers = createConsumers([{ name: 'partner', clients: [{ issuer: 'acme', client: 'web' }] }]);

async function codeFor(token: string, facts: Parameters<typeof aProtectedApi>[1]): Promise<string> {
  const api = aProtectedApi([acme, evil], { consumers, ...facts });
  const decision = await aRealAccess().decide(api, aRequest({ authorization: [`Bearer ${token}`] }), now);
  return decision.granted ? (decision.principal.consumer ?? 'nobody') : decision.rejection.code;
}

const demands: Readonly<Record<string, readonly [Parameters<typeof aProtectedApi>[1], string]>> = {
  'known consumers': [{ consumer: 'known' }, 'consumer_unknown'],
  'one consumer': [{ consumer: ['partner'] }, 'consumer_unknown'],
  'a rule for one consumer': [{ policy: compilePolicy([{ consumers: ['partner'] }]) }, 'caller_not_allowed'],
  'an expression': [{ policy: compilePolicy([{ when: 'principal.consumer == "partner"' }]) }, 'condition_failed'],
  'no demand': [{}, 'nobody'],
};

for (const [what, [facts, refusal]] of Object.entries(demands)) {
  test(`${what}: the same client id at another issuer is somebody else`, async () => {
    assert.equal(await codeFor(acme.sign(claims), facts), 'partner');
    assert.equal(await codeFor(evil.sign(claims), facts), refusal);
  });
}

test('a token that names the consumer itself is none of its', async () => {
  const posing = evil.sign({ ...claims, consumer: 'partner', client_id: 'partner' });
  assert.equal(await codeFor(posing, { consumer: 'known' }), 'consumer_unknown');
});

test('who is blocked at one issuer is not let in by the token remembered of another directory', async () => {
  const access = aRealAccess();
  const request = aRequest({ authorization: [`Bearer ${acme.sign(claims)}`] });
  assert.ok((await access.decide(aProtectedApi([acme], { consumers }), request, now)).granted);
  const clients = [{ issuer: 'acme', client: 'web' }];
  const blocking = createConsumers([{ name: 'partner', clients, blocked: true }]);
  const decision = await access.decide(aProtectedApi([acme], { consumers: blocking }), request, now);
  assert.equal(!decision.granted && decision.rejection.code, 'consumer_blocked');
});
