import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { compactVerify, createLocalJWKSet, SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { sha256Hex } from '../../src/base/sha256.ts';
import { checksumFits } from '../../src/opaque/index.ts';
import { aProvider, ledgerApi, ordersApi, type RunningProvider, reporting } from '../fixtures/a-provider.ts';
import { spa } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const batch = {
  id: 'batch',
  jwks: { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'b1', alg: 'ES256' }] },
  grants: ['client_credentials'],
  scopes: ['orders:read'],
} as const;
const bare = { id: 'bare', secret: 'of no api', grants: ['client_credentials'] } as const;
const secret = reporting.secret ?? '';
const http = { [oauth.allowInsecureRequests]: true };

let running: RunningProvider;
let as: oauth.AuthorizationServer;

before(async () => {
  running = await aProvider({ clients: [reporting, batch, bare, spa] });
  const issuer = new URL(running.issuer);
  const response = await oauth.discoveryRequest(issuer, { ...http, algorithm: 'oauth2' });
  as = await oauth.processDiscoveryResponse(issuer, response);
});
after(() => running.close());

async function take(client: string, auth: oauth.ClientAuth, parameters: Record<string, string>) {
  const response = await oauth.clientCredentialsGrantRequest(as, { client_id: client }, auth, parameters, http);
  return oauth.processClientCredentialsResponse(as, { client_id: client }, response);
}

function ask(form: Record<string, string>, client: { id: string; secret?: string | undefined } = reporting) {
  return post(running.issuer, '/token', { grant_type: 'client_credentials', ...form }, client);
}

test('a client takes an opaque token of a recognisable form, with a checksum, by client_secret_basic', async () => {
  const token = await take('reporting', oauth.ClientSecretBasic(secret), { resource: ordersApi.audience });
  assert.match(token.access_token, /^gho_/);
  assert.ok(checksumFits(token.access_token));
  assert.equal(token.scope, 'orders:read');
  assert.equal(token.expires_in, 600);
});

test('a client takes a JWT (RFC 9068) for an API that wants one, by client_secret_post', async () => {
  const token = await take('reporting', oauth.ClientSecretPost(secret), { resource: ledgerApi.audience });
  const published = createLocalJWKSet({ keys: [...running.provider.jwks().keys] });
  const { protectedHeader, payload } = await compactVerify(token.access_token, published);
  assert.deepEqual([protectedHeader.alg, protectedHeader.typ], ['ES256', 'at+jwt']);
  const { iat, exp, jti, ...claims } = JSON.parse(Buffer.from(payload).toString());
  assert.deepEqual(claims, {
    iss: running.issuer,
    aud: ledgerApi.audience,
    sub: 'reporting',
    client_id: 'reporting',
    scope: 'ledger:read',
  });
  assert.equal(exp - iat, 300);
  assert.match(jti, /^[A-Za-z0-9_-]{20,}$/);
});

test('openid-client takes a token too', async () => {
  const options = { execute: [openid.allowInsecureRequests] };
  const config = await openid.discovery(new URL(running.issuer), 'reporting', secret, undefined, options);
  const token = await openid.clientCredentialsGrant(config, { scope: 'ledger:read' });
  assert.equal(token.scope, 'ledger:read');
  assert.equal(token.access_token.split('.').length, 3);
});

test('a client authenticates by an assertion (private_key_jwt)', async () => {
  const jwk = keys.privateKey.export({ format: 'jwk' });
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const token = await take('batch', oauth.PrivateKeyJwt({ key, kid: 'b1' }), {});
  assert.match(token.access_token, /^gho_/);
});

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

function assertion(): Promise<string> {
  return new SignJWT({ jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: 'b1' })
    .setIssuer('batch')
    .setSubject('batch')
    .setAudience(running.issuer)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(keys.privateKey);
}

test('an assertion is good for one request, also of many at the same moment, and after a restart', async () => {
  const form = { client_assertion_type: assertionType, client_assertion: await assertion() };
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(form, { id: 'batch' })));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.equal(answers.filter(({ json }) => json.error === 'invalid_client').length, 7);
  running.provider.reload(running.options);
  assert.equal((await ask(form, { id: 'batch' })).json.error, 'invalid_client');
});

test('without resource, the scopes tell the API; without scopes, the client gets all it may have there', async () => {
  assert.match((await ask({ scope: 'orders:read' })).json.access_token, /^gho_/);
  assert.equal((await ask({ scope: 'ledger:read' })).json.access_token.split('.').length, 3);
  assert.equal((await ask({ resource: ordersApi.audience })).json.scope, 'orders:read');
});

test('a request that could mean several APIs is refused, and told to name one', async () => {
  for (const form of [{}, { scope: 'orders:read ledger:read' }]) {
    const { status, json } = await ask(form);
    assert.deepEqual([status, json.error], [400, 'invalid_target']);
    assert.match(json.error_description, /resource|one at a time/);
  }
});

test('an unknown resource, and one that is not for this client, is refused', async () => {
  const refused = ['https://api.example/other', 'no-uri', `${ordersApi.audience}#part`];
  for (const resource of refused) {
    const { status, json } = await ask({ resource });
    assert.deepEqual([status, json.error], [400, 'invalid_target'], resource);
  }
  assert.equal((await ask({ resource: ordersApi.audience }, bare)).json.error, 'invalid_target');
  assert.equal((await ask({}, bare)).json.error, 'invalid_target');
});

test('a scope that does not exist, or is not for this client or this API, is refused rather than dropped', async () => {
  for (const scope of ['orders:delete', 'orders:write', 'ledger:read orders:read', 'openid']) {
    const { status, json } = await ask({ scope, resource: ordersApi.audience });
    assert.deepEqual([status, json.error], [400, 'invalid_scope'], scope);
  }
});

test('a wrong secret, an unknown client and another grant are refused, and nothing tells the first two apart', async () => {
  const wrong = await ask({}, { id: 'reporting', secret: 'guess' });
  const unknown = await ask({}, { id: 'nobody', secret: 'guess' });
  assert.deepEqual([wrong.status, wrong.json], [unknown.status, unknown.json]);
  assert.deepEqual([wrong.status, wrong.json.error], [401, 'invalid_client']);
  assert.match(wrong.headers.get('www-authenticate') ?? '', /^Basic /);
  assert.equal((await ask({ grant_type: 'password' })).json.error, 'unsupported_grant_type');
  assert.equal((await ask({ grant_type: 'refresh_token', refresh_token: 'x' })).json.error, 'invalid_request');
});

test('a public client cannot take tokens for itself, nor a confidential one leave its secret at home', async () => {
  assert.equal((await ask({}, { id: 'spa' })).json.error, 'invalid_request');
  assert.equal((await ask({}, { id: 'reporting' })).json.error, 'invalid_client');
});

test('what is issued is on record before the answer, and the value is kept nowhere', async () => {
  const { json } = await ask({ resource: ordersApi.audience });
  const { tokens } = await running.provider.tokens.list({ client: 'reporting', limit: 100 });
  const token = tokens.find(({ hash }) => hash === sha256Hex(json.access_token));
  assert.deepEqual([token?.kind, token?.audience], ['opaque', ordersApi.audience]);
  assert.ok(!JSON.stringify(tokens).includes(json.access_token));
  assert.equal(token?.claims?.['sub'], 'reporting');
  assert.equal(token?.claims?.['jti'], token?.id);
});
