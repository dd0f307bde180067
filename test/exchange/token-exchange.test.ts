import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import {
  accessToken,
  acme,
  acmeAudience,
  anExchange,
  exchangeOf,
  hashOf,
  jwt,
  ordersAudience,
  payloadOf,
  type RunningExchange,
  reportsAudience,
  tokenExchange,
  web,
} from './an-exchange.ts';

let running: RunningExchange;

before(async () => {
  running = await anExchange(
    () => `[{ from: [acme, legacy], to: [orders, reports], clients: [${web.id}], audience: ['${acmeAudience}'],
              scopes: [orders:read, reports:read], when: "principal.claims.email_verified == true" }]`,
  );
});
after(() => running?.close());

const claims = { email: 'ada@acme.example', email_verified: true };
const good = () => running.acmeToken(claims);

test('a foreign token becomes an opaque token of ours, for the API that is named, and opens it', async () => {
  const { status, json, headers } = await running.exchange(exchangeOf(good(), { resource: ordersAudience }));
  assert.equal(status, 200, JSON.stringify(json));
  const { access_token, expires_in, ...rest } = json;
  assert.deepEqual(rest, { issued_token_type: accessToken, token_type: 'Bearer', scope: 'orders:read' });
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.ok(expires_in > 590 && expires_in <= 600);
  assert.match(access_token, /^gho_/);
  assert.equal((await running.call('/orders', access_token)).status, 200);
});

test('or a JWT, which says the same', async () => {
  const opaque = await running.exchange(exchangeOf(good(), { resource: ordersAudience }));
  const { json } = await running.exchange(exchangeOf(good(), { resource: reportsAudience, requested_token_type: jwt }));
  assert.equal(json.issued_token_type, jwt);
  assert.equal((await running.call('/reports', json.access_token)).status, 200);
  const said = payloadOf(json.access_token);
  const told = (await running.ask('/introspect', { token: opaque.json.access_token })).json;
  assert.equal(told.active, true);
  assert.equal(told.sub, said['sub']);
  assert.deepEqual([said['email'], told.email], [claims.email, claims.email]);
  for (const each of [said, told]) {
    assert.deepEqual(each['act'], { sub: web.id });
    assert.equal(each['client_id'], web.id);
    assert.equal(each['iss'], running.issuer);
    assert.notEqual(each['sub'], '00u1');
  }
});

test('oauth4webapi takes the answer', async () => {
  const issuer = new URL(running.issuer);
  const http = { [oauth.allowInsecureRequests]: true };
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http));
  assert.ok(as.grant_types_supported?.includes(tokenExchange));
  const client = { client_id: web.id };
  const parameters = new URLSearchParams(exchangeOf(good(), { audience: 'orders' }));
  parameters.delete('grant_type');
  const auth = oauth.ClientSecretBasic(web.secret);
  const response = await oauth.genericTokenEndpointRequest(as, client, auth, tokenExchange, parameters, http);
  const answer = await oauth.processGenericTokenEndpointResponse(as, client, response);
  assert.equal(answer['issued_token_type'], accessToken);
  assert.equal(answer.refresh_token, undefined);
});

test('openid-client takes it, too', async () => {
  const insecure = { execute: [openid.allowInsecureRequests] };
  const auth = openid.ClientSecretPost(web.secret);
  const config = await openid.discovery(new URL(running.issuer), web.id, undefined, auth, insecure);
  const { grant_type: _, ...parameters } = exchangeOf(good(), { resource: reportsAudience });
  const answer = await openid.genericGrantRequest(config, tokenExchange, parameters);
  assert.equal(payloadOf(answer.access_token)['aud'], reportsAudience);
});

test('the token never lives longer than the one it came of', async () => {
  const exp = Math.floor(Date.now() / 1000) + 100;
  for (const resource of [ordersAudience, reportsAudience]) {
    const { json } = await running.exchange(exchangeOf(running.acmeToken({ ...claims, exp }), { resource }));
    assert.ok(json.expires_in <= 100 && json.expires_in > 90);
    const told = (await running.ask('/introspect', { token: json.access_token })).json;
    assert.equal(told.exp, exp);
  }
  const { json } = await running.exchange(
    exchangeOf(running.acmeToken({ ...claims, exp: exp + 0.5 }), { resource: reportsAudience }),
  );
  assert.equal(payloadOf(json.access_token)['exp'], exp);
});

test('a person has one subject, whatever the token, and another at another issuer', async () => {
  const subjectOf = async (token: string): Promise<unknown> => {
    const { json } = await running.exchange(exchangeOf(token, { resource: ordersAudience }));
    return (await running.ask('/introspect', { token: json.access_token })).json.sub;
  };
  const first = await subjectOf(good());
  assert.equal(await subjectOf(running.acmeToken({ ...claims, email: 'new@acme.example' })), first);
  assert.notEqual(await subjectOf(running.acmeToken({ ...claims, sub: '00u2' })), first);
  running.legacy('opaque-legacy-1', { ...claims, sub: '00u1' });
  assert.notEqual(await subjectOf('opaque-legacy-1'), first);
});

test('an opaque token of an issuer that is asked is exchanged alike', async () => {
  const exp = Math.floor(Date.now() / 1000) + 60;
  running.legacy('opaque-legacy-2', { ...claims, exp });
  const { json, status } = await running.exchange(exchangeOf('opaque-legacy-2', { resource: reportsAudience }));
  assert.equal(status, 200, JSON.stringify(json));
  assert.equal(payloadOf(json.access_token)['exp'], exp);
});

test('it is on record as every other token, and what is said of it in the log holds no token', async () => {
  const token = good();
  const { json } = await running.exchange(exchangeOf(token, { resource: ordersAudience }));
  const line = await running.logged('token exchanged', hashOf(token));
  const { grant, client, subject, from, audience } = line;
  assert.deepEqual([grant, client, audience], ['token-exchange', web.id, ordersAudience]);
  assert.deepEqual(from, { issuer: acme, subject: '00u1', client: 'acme-app', token_hash: hashOf(token) });
  const told = (await running.ask('/introspect', { token: json.access_token })).json;
  assert.equal(subject, told.sub);
  for (const secret of [token, json.access_token, claims.email])
    assert.ok(!running.house.log().includes(secret), secret);
});
