import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { aJwt, aSigningKey } from '../fixtures/a-jwt.ts';
import {
  accessToken,
  acme,
  acmeAudience,
  anExchange,
  exchangeOf,
  job,
  jwt,
  ordersAudience,
  type RunningExchange,
  reportsAudience,
  stranger,
  tokenExchange,
  web,
} from './an-exchange.ts';

let running: RunningExchange;

before(async () => {
  running = await anExchange(
    () => `
    - { from: [acme], to: [orders, reports], clients: [${web.id}], audience: ['${acmeAudience}'],
        scopes: [orders:read, reports:read], when: "principal.claims.email_verified == true" }
    - { from: [legacy], to: [orders], clients: [${web.id}], audience: ['${acmeAudience}'] }`,
  );
});
after(() => running?.close());

const verified = { email_verified: true };
const good = () => running.acmeToken(verified);
const orders = { resource: ordersAudience };

/** What the token endpoint answers, as `error: description`. */
async function refusal(form: Readonly<Record<string, string>>, client: { id: string; secret?: string } = web) {
  const { status, json } = await running.exchange(form, client);
  return [status, json.error, json.error_description];
}

const invalidRequest = (description: string) => [400, 'invalid_request', description];

test('what is no request of this grant is refused, with what is missing or not taken', async () => {
  const form = exchangeOf(good(), orders);
  const without = (name: string) => Object.fromEntries(Object.entries(form).filter(([each]) => each !== name));
  assert.match(String(await refusal(without('subject_token'))), /400,invalid_request,missing .*subject_token/);
  assert.match(
    String(await refusal(without('subject_token_type'))),
    /400,invalid_request,missing .*subject_token_type/,
  );
  assert.match(String(await refusal({ ...form, subject_token: '' })), /400,invalid_request,missing .*subject_token/);
  const types: Record<string, RegExp> = {
    'urn:ietf:params:oauth:token-type:id_token': /an ID token tells its client who signed in/,
    'urn:ietf:params:oauth:token-type:refresh_token': /for the server that issued it alone/,
    'urn:ietf:params:oauth:token-type:saml2': /unknown here/,
    jwt: /unknown here/,
  };
  for (const [type, expected] of Object.entries(types)) {
    const [status, error, description] = await refusal({ ...form, subject_token_type: type });
    assert.deepEqual([status, error], [400, 'invalid_request']);
    assert.match(description, expected);
  }
  for (const wanted of [
    'urn:ietf:params:oauth:token-type:refresh_token',
    'urn:ietf:params:oauth:token-type:id_token',
    'x',
  ]) {
    const answer = await refusal({ ...form, requested_token_type: wanted });
    assert.deepEqual(answer, invalidRequest('this requested_token_type is not issued here: ask for an access_token'));
  }
  const actor = { actor_token: good(), actor_token_type: accessToken };
  assert.match(String(await refusal({ ...form, ...actor })), /400,invalid_request,actor_token is not taken/);
  assert.match(String(await refusal({ ...form, actor_token_type: accessToken })), /actor_token is not taken/);
});

test('a parameter is given once, but for those that name the API', async () => {
  const form = Object.entries(exchangeOf(good(), orders));
  const twice = await running.exchange([...form, ['subject_token', good()]]);
  assert.deepEqual([twice.status, twice.json.error], [400, 'invalid_request']);
  const named = await running.exchange([...form, ['resource', ordersAudience], ['audience', 'orders']]);
  assert.equal(named.status, 200);
});

test('the API must be one that the client may have tokens for by an exchange', async () => {
  for (const names of [
    { resource: 'https://nobody.example' },
    { resource: 'https://closed.example' },
    { resource: 'orders' },
    { audience: 'nobody' },
    { audience: 'closed' },
  ]) {
    const [status, error] = await refusal(exchangeOf(good(), names));
    assert.deepEqual([status, error], [400, 'invalid_target'], JSON.stringify(names));
  }
  const both = Object.entries(exchangeOf(good(), { ...orders, audience: 'reports' }));
  assert.equal((await running.exchange(both)).json.error, 'invalid_target');
  const one = [...Object.entries(exchangeOf(good(), orders)), ['audience', 'nobody']] as const;
  assert.equal((await running.exchange(one)).json.error, 'invalid_target');
  assert.equal((await refusal(exchangeOf(good())))[1], 'invalid_target', 'two could be meant');
  assert.equal((await running.exchange(exchangeOf(good(), { scope: 'reports:read' }))).status, 200);
  const opaque = await refusal(exchangeOf(good(), { ...orders, requested_token_type: jwt }));
  assert.deepEqual(opaque, invalidRequest('the tokens of this API are no JWTs: ask for an access_token'));
});

test('a scope that the API, the client or the rule has not is refused', async () => {
  for (const scope of ['orders:write', 'orders:read orders:write', 'reports:read', 'nothing', 'openid']) {
    const { status, json } = await running.exchange(exchangeOf(good(), { ...orders, scope }));
    assert.deepEqual([status, json.error], [400, 'invalid_scope'], scope);
    assert.equal(json.access_token, undefined);
  }
  assert.equal((await refusal(exchangeOf(good(), { ...orders, scope: 'a"b' })))[1], 'invalid_scope');
});

test('only a client that is registered for the grant, named in a rule and authenticated may exchange', async () => {
  const form = exchangeOf(good(), orders);
  assert.deepEqual((await refusal(form, stranger)).slice(0, 2), [400, 'unauthorized_client']);
  assert.deepEqual((await refusal(form, job)).slice(0, 2), [400, 'unauthorized_client']);
  assert.deepEqual((await refusal(form, { id: web.id, secret: 'wrong' })).slice(0, 2), [401, 'invalid_client']);
  assert.deepEqual((await refusal(form, { id: web.id })).slice(0, 2), [401, 'invalid_client']);
  assert.deepEqual((await refusal({ ...form, grant_type: `${tokenExchange}s` })).slice(1, 2), [
    'unsupported_grant_type',
  ]);
});

test('a token that the gateway would refuse is refused, and the client is told the check and no more', async () => {
  const [other, strangers] = [aSigningKey('ES256', 'other'), aSigningKey('ES256', 'acme-new')];
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: acme, aud: acmeAudience, iat: now, exp: now + 60, ...verified };
  const [head, body, signature = ''] = good().split('.');
  const bad: Readonly<Record<string, readonly [token: string, check: string]>> = {
    'another key under the same kid': [aJwt({ ...other, kid: 'acme' }, claims), 'signature'],
    'a kid that nobody knows': [aJwt(strangers, claims), 'key'],
    'an issuer that is not taken': [running.shopToken(verified), 'key'],
    expired: [running.acmeToken({ ...verified, exp: now - 10 }), 'expiry'],
    'not valid yet': [running.acmeToken({ ...verified, nbf: now + 100 }), 'expiry'],
    'without expiry': [running.acmeToken({ ...verified, exp: undefined }), 'claims'],
    'for another audience': [running.acmeToken({ ...verified, aud: 'https://elsewhere.example' }), 'policy'],
    'for nobody': [running.acmeToken({ ...verified, aud: undefined }), 'claims'],
    'about nobody': [running.acmeToken({ ...verified, sub: undefined }), 'claims'],
    'an ID token': [running.acmeToken({ ...verified, nonce: 'n', at_hash: 'h' }), 'claims'],
    'against the condition': [running.acmeToken({ email_verified: false }), 'policy'],
    'without what the condition reads': [running.acmeToken(), 'policy'],
    'bound to a key by DPoP': [running.acmeToken({ ...verified, cnf: { jkt: 'x' } }), 'binding'],
    'bound to a certificate': [running.acmeToken({ ...verified, cnf: { 'x5t#S256': 'x' } }), 'binding'],
    'cut off': [`${head}.${body}.${signature.slice(4)}`, 'signature'],
    unsigned: [`${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`, 'key'],
    'in other characters': [`${head}.${body} .${signature}`, 'credential'],
    'unknown to whoever is asked': ['an-opaque-one', 'introspection'],
  };
  for (const [name, [token, check]] of Object.entries(bad)) {
    const [status, error, description] = await refusal(exchangeOf(token, orders));
    assert.deepEqual([status, error], [400, 'invalid_request'], `${name}: ${description}`);
    assert.match(description, new RegExp(`^the subject token is refused \\(${check}\\): `), `${name}: ${description}`);
    for (const secret of ['00u1', acme, acmeAudience, 'principal', token])
      assert.ok(!description.includes(secret), name);
  }
});

test('the operator is told the facts', async () => {
  await refusal(exchangeOf(running.acmeToken({ ...verified, aud: 'https://elsewhere.example' }), orders));
  const line = await running.logged('refused by the provider', 'https://elsewhere.example');
  const { rejection, client, endpoint } = line;
  assert.deepEqual([endpoint, client, rejection.code], ['token', web.id, 'audience_mismatch']);
  assert.deepEqual(rejection.facts.actual, ['https://elsewhere.example']);
});

test('an opaque token is not taken for a JWT, and nobody is asked about it', async () => {
  running.legacy('opaque-1', verified);
  const before = running.asked();
  const [status, error] = await refusal(exchangeOf('opaque-1', { ...orders, subject_token_type: jwt }));
  assert.deepEqual([status, error, running.asked()], [400, 'invalid_request', before]);
  assert.equal((await refusal(exchangeOf('opaque-1', orders)))[0], 200);
});

test('where the issuer cannot be asked, it is no fault of the token: try again', async () => {
  running.legacy('opaque-2', 'down');
  const { status, json, headers } = await running.exchange(exchangeOf('opaque-2', orders));
  assert.deepEqual([status, json.error], [503, 'temporarily_unavailable']);
  assert.ok(Number(headers.get('retry-after')) > 0);
  assert.equal(json.access_token, undefined);
});

test('may_act names who may exchange, and act how often it was done', async () => {
  const tried = async (claims: object) =>
    await refusal(exchangeOf(running.acmeToken({ ...verified, ...claims }), orders));
  assert.equal((await tried({ may_act: { sub: web.id } }))[0], 200);
  assert.equal((await tried({ may_act: { client_id: web.id, iss: running.issuer } }))[0], 200);
  for (const mayAct of [
    { sub: 'another' },
    { sub: web.id, iss: acme },
    {},
    web.id,
    [web.id],
    null,
    { sub: [web.id] },
  ]) {
    const [status, error, description] = await tried({ may_act: mayAct });
    assert.deepEqual([status, error], [400, 'invalid_request'], JSON.stringify(mayAct));
    assert.match(description, /may_act/);
  }
  let act: object = { sub: 'first' };
  for (let hands = 1; hands < 8; hands++) act = { sub: `hand ${hands}`, act };
  assert.match(String(await tried({ act })), /gone through too many hands/);
});

test('a client that holds many bad tokens is not taken for one that guesses', async () => {
  for (let n = 0; n < 30; n++) await refusal(exchangeOf(running.acmeToken({ ...verified, exp: 1 }), orders));
  assert.equal((await running.exchange(exchangeOf(good(), { resource: reportsAudience }))).status, 200);
});
