import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import {
  acmeAudience,
  anExchange,
  assertionOf,
  exchangeOf,
  job,
  jwtBearer,
  ordersAudience,
  payloadOf,
  type RunningExchange,
  reportsAudience,
  web,
} from './an-exchange.ts';

let running: RunningExchange;

before(async () => {
  running = await anExchange(
    (issuer) => `
    - { grants: [jwt-bearer], from: [acme, legacy], to: [orders, reports], clients: [${web.id}],
        audience: ['${issuer}', '${acmeAudience}'], scopes: [orders:read, reports:read] }
    - { from: [acme], to: [orders], clients: [${job.id}] }`,
  );
});
after(() => running?.close());

const orders = { resource: ordersAudience };

async function refusal(assertion: string): Promise<unknown[]> {
  const { status, json } = await running.exchange(assertionOf(assertion, orders));
  return [status, json.error, json.error_description];
}

test('an assertion that is meant for us becomes a token, of either kind, and neither outlives it', async () => {
  const exp = Math.floor(Date.now() / 1000) + 90;
  for (const resource of [ordersAudience, reportsAudience]) {
    const { status, json } = await running.exchange(assertionOf(running.assertion({ exp }), { resource }));
    assert.equal(status, 200, JSON.stringify(json));
    const { access_token, expires_in, scope, ...rest } = json;
    assert.deepEqual(rest, { token_type: 'Bearer' });
    assert.ok(expires_in <= 90);
    const told = (await running.ask('/introspect', { token: access_token })).json;
    assert.deepEqual([told.exp, told.scope, told.act.sub], [exp, scope, web.id]);
  }
});

test('oauth4webapi takes the answer, and finds the grant in the metadata', async () => {
  const issuer = new URL(running.issuer);
  const http = { [oauth.allowInsecureRequests]: true };
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http));
  assert.ok(as.grant_types_supported?.includes(jwtBearer));
  const client = { client_id: web.id };
  const parameters = { assertion: running.assertion({ aud: `${running.issuer}/token` }), scope: 'reports:read' };
  const auth = oauth.ClientSecretPost(web.secret);
  const response = await oauth.genericTokenEndpointRequest(as, client, auth, jwtBearer, parameters, http);
  const answer = await oauth.processGenericTokenEndpointResponse(as, client, response);
  assert.equal(payloadOf(answer.access_token)['aud'], reportsAudience);
});

test('an assertion is used once, by whatever spelling of the audience and however many use it at once', async () => {
  const assertion = running.assertion({ jti: 'once' });
  assert.equal((await refusal(assertion))[0], 200);
  assert.deepEqual(await refusal(assertion), [400, 'invalid_grant', 'the assertion was used before']);
  const again = running.assertion({ jti: 'once', aud: `${running.issuer}/token` });
  assert.deepEqual(await refusal(again), [400, 'invalid_grant', 'the assertion was used before']);
  const atOnce = running.assertion();
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => refusal(atOnce)));
  assert.equal(outcomes.filter(([status]) => status === 200).length, 1);
});

test('without jti there is nothing to tell a replay by', async () => {
  const assertion = running.assertion({ jti: undefined });
  for (let n = 0; n < 2; n++) assert.equal((await refusal(assertion))[0], 200);
});

test('what is refused for another reason is not used up', async () => {
  const assertion = running.assertion();
  const tooMuch = await running.exchange(assertionOf(assertion, { ...orders, scope: 'orders:write' }));
  assert.equal(tooMuch.json.error, 'invalid_scope');
  assert.equal((await refusal(assertion))[0], 200);
});

test('what is not meant for us, or not for us alone, is refused whatever the rule says', async () => {
  for (const aud of [
    acmeAudience,
    [running.issuer, acmeAudience],
    `${running.issuer}/`,
    `${running.issuer}/introspect`,
  ]) {
    const [status, error, description] = await refusal(running.assertion({ aud }));
    assert.deepEqual([status, error], [400, 'invalid_grant'], String(aud));
    assert.match(
      String(description),
      /^the assertion is refused \(policy\): The token was issued for another audience/,
    );
  }
  assert.equal((await refusal(running.assertion({ aud: [running.issuer, `${running.issuer}/token`] })))[0], 200);
});

test('a bad assertion is an invalid grant, with the check by name', async () => {
  const now = Math.floor(Date.now() / 1000);
  const bad = {
    expiry: running.assertion({ exp: now - 10 }),
    claims: running.assertion({ exp: undefined }),
    key: running.shopToken({ aud: running.issuer }),
    signature: `${running.assertion().slice(0, -8)}AAAAAAAA`,
    structure: 'an-opaque-token',
  };
  for (const [check, assertion] of Object.entries(bad)) {
    const [status, error, description] = await refusal(assertion);
    assert.deepEqual([status, error], [400, 'invalid_grant'], check);
    assert.match(String(description), new RegExp(`^the assertion is refused \\(${check}\\)`));
  }
  const forEver = await refusal(running.assertion({ exp: now + 2 * 24 * 60 * 60 }));
  assert.match(String(forEver), /invalid_grant,the assertion is refused \(claims\): The token lives longer/);
});

test('an opaque token is no assertion, and nobody is asked about it', async () => {
  running.legacy('opaque-1', { aud: running.issuer });
  const before = running.asked();
  assert.deepEqual((await refusal('opaque-1')).slice(0, 2), [400, 'invalid_grant']);
  assert.equal(running.asked(), before);
});

test('an assertion that is for another client, or has gone through too many hands, is an invalid grant, too', async () => {
  assert.deepEqual((await refusal(running.assertion({ may_act: { sub: job.id } }))).slice(0, 2), [
    400,
    'invalid_grant',
  ]);
  const act = Array.from({ length: 8 }).reduce<object>((inner, _, hand) => ({ sub: `hand ${hand}`, act: inner }), {});
  assert.deepEqual((await refusal(running.assertion({ act }))).slice(0, 2), [400, 'invalid_grant']);
  assert.equal((await refusal(running.assertion({ may_act: { sub: web.id } })))[0], 200);
});

test('a rule is for its grant alone', async () => {
  const exchanged = await running.exchange(exchangeOf(running.acmeToken(), orders));
  assert.equal(exchanged.json.error, 'unauthorized_client');
  const asserted = await running.exchange(assertionOf(running.assertion(), orders), job);
  assert.equal(asserted.json.error, 'unauthorized_client');
  const missing = await running.exchange({ grant_type: jwtBearer, ...orders });
  assert.deepEqual([missing.status, missing.json.error], [400, 'invalid_request']);
});
