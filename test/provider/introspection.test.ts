import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { sha256Hex } from '../../src/base/sha256.ts';
import { anAccount, aProvider, ledgerApi, ordersApi, type RunningProvider, reporting } from '../fixtures/a-provider.ts';
import { password, relyingParty, spa, takeTokens, web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';

const resourceServer = { id: 'orders-api', secret: 'of the orders api', introspects: ['orders'] };
const auditor = { id: 'auditor', secret: 'of the auditor', introspects: ['*'] };
const asClient = { grants: ['client_credentials'], scopes: [] } as const;

let running: RunningProvider;

before(async () => {
  const clients = [web, spa, reporting, { ...asClient, ...resourceServer }, { ...asClient, ...auditor }];
  running = await aProvider({ clients, accounts: [await anAccount('ada', password)] });
});
after(() => running.close());

async function take(resource: string): Promise<string> {
  const form = { grant_type: 'client_credentials', resource };
  return (await post(running.issuer, '/token', form, reporting)).json.access_token;
}

const ask = (token: string, client: { id: string; secret?: string | undefined } = reporting, headers = {}) =>
  post(running.issuer, '/introspect', { token }, client, headers);

test('answers for both kinds alike, always with a subject', async () => {
  for (const [audience, scope, ttl] of [
    [ordersApi.audience, 'orders:read', 600],
    [ledgerApi.audience, 'ledger:read', 300],
  ] as const) {
    const { status, json, headers } = await ask(await take(audience));
    const { iat, exp, jti, ...rest } = json;
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(exp - iat, ttl);
    assert.ok(jti);
    assert.deepEqual(rest, {
      active: true,
      token_type: 'Bearer',
      iss: running.issuer,
      sub: 'reporting',
      client_id: 'reporting',
      aud: audience,
      scope,
    });
  }
});

test('oauth4webapi understands the answer, and the signed one (RFC 9701)', async () => {
  const issuer = new URL(running.issuer);
  const http = { [oauth.allowInsecureRequests]: true };
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http));
  const client = { client_id: 'reporting', introspection_signed_response_alg: 'ES256' };
  const auth = oauth.ClientSecretBasic(reporting.secret ?? '');
  for (const requestJwtResponse of [false, true]) {
    for (const audience of [ordersApi.audience, ledgerApi.audience]) {
      const token = await take(audience);
      const response = await oauth.introspectionRequest(as, client, auth, token, { ...http, requestJwtResponse });
      const expected = `application/${requestJwtResponse ? 'token-introspection+jwt' : 'json'}`;
      assert.ok(response.headers.get('content-type')?.startsWith(expected));
      const answer = await oauth.processIntrospectionResponse(as, client, response);
      assert.equal(answer.sub, 'reporting');
      if (requestJwtResponse) await oauth.validateApplicationLevelSignature(as, response, http);
    }
  }
});

test('a signed answer names its audience and type, also for an inactive token', async () => {
  const { text, type } = await ask('nothing', reporting, { accept: 'application/token-introspection+jwt' });
  assert.equal(type, 'application/token-introspection+jwt');
  const keys = createLocalJWKSet({ keys: [...running.provider.jwks().keys] });
  const { payload } = await jwtVerify(text, keys, { typ: 'token-introspection+jwt', issuer: running.issuer });
  assert.equal(payload.aud, 'reporting');
  assert.deepEqual(payload['token_introspection'], { active: false });
});

test('a resource server is told of tokens for its API, others of nothing', async () => {
  const [orders, ledger] = [await take(ordersApi.audience), await take(ledgerApi.audience)];
  assert.equal((await ask(orders, resourceServer)).json.active, true);
  assert.deepEqual((await ask(ledger, resourceServer)).json, { active: false });
  assert.deepEqual((await ask(orders, web)).json, { active: false });
  assert.equal((await ask(ledger, auditor)).json.active, true);
});

test('a refresh token is told of to its own client only', async () => {
  const { refresh_token = '' } = await takeTokens(await relyingParty(running.issuer, web), { scope: 'orders:read' });
  const { active, sub, client_id, token_type } = (await ask(refresh_token, web)).json;
  assert.deepEqual([active, sub, client_id, token_type], [true, 'ada', 'web', undefined]);
  assert.deepEqual((await ask(refresh_token, auditor)).json, { active: false });
});

test('who does not prove to be a confidential client is told nothing', async () => {
  const token = await take(ordersApi.audience);
  assert.deepEqual((await ask(token, { id: 'reporting', secret: 'wrong' })).status, 401);
  const open = await ask(token, spa);
  assert.deepEqual([open.status, open.json.error], [401, 'invalid_client']);
  assert.equal((await post(running.issuer, '/introspect', { token })).status, 400);
  assert.equal((await post(running.issuer, '/introspect', {}, reporting)).json.error, 'invalid_request');
});

test('what is not a token of ours is inactive: forged, cut off, foreign, changed', async () => {
  const [opaque, jwt] = [await take(ordersApi.audience), await take(ledgerApi.audience)];
  const [header, payload, signature = ''] = jwt.split('.');
  const other = Buffer.from(JSON.stringify({ sub: 'admin' })).toString('base64url');
  const strangers = [
    'x',
    opaque.slice(0, -1),
    `${opaque} `,
    `${header}.${other}.${signature}`,
    `${header}.${payload}.`,
    `${jwt}=`,
    jwt.slice(0, -1),
    sha256Hex(opaque),
    running.provider.signer.sign({ sub: 'reporting', client_id: 'reporting' }, 'JWT'),
    'eyJhbGciOiJub25lIn0.e30.',
  ];
  for (const token of strangers) {
    const { status, json } = await ask(token);
    assert.deepEqual([status, json], [200, { active: false }], token);
  }
});

test('a token that was revoked in whatever way is inactive', async () => {
  const { issuer, revocations } = running;
  const expiresAt = Date.now() + 3_600_000;
  for (const audience of [ordersApi.audience, ledgerApi.audience]) {
    const byHash = await take(audience);
    const byId = await take(audience);
    const { jti } = (await ask(byId)).json;
    const common = { issuer, actor: 'test', expiresAt };
    await revocations.revoke([{ ...common, kind: 'token', value: sha256Hex(byHash) }]);
    await revocations.revoke([{ ...common, kind: 'jti', value: jti }]);
    for (const token of [byHash, byId]) assert.deepEqual((await ask(token)).json, { active: false });
  }
  const signed = await take(ledgerApi.audience);
  const { kid } = JSON.parse(Buffer.from(signed.split('.')[0] ?? '', 'base64url').toString());
  await revocations.revoke([{ issuer, actor: 'test', expiresAt, kind: 'key', value: kid }]);
  assert.deepEqual((await ask(signed)).json, { active: false });
  const last = await take(ordersApi.audience);
  await revocations.revoke([{ issuer, actor: 'test', expiresAt, kind: 'client', value: 'reporting' }]);
  assert.deepEqual((await ask(last)).json, { active: false });
});
