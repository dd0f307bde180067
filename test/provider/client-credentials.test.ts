import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { checksumFits } from '../../src/opaque/index.ts';
import { aProvider, ledgerApi, ordersApi, type RunningProvider, reporting } from '../fixtures/a-provider.ts';

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const batch = {
  id: 'batch',
  jwks: { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'b1', alg: 'ES256' }] },
  grants: ['client_credentials'],
  scopes: ['orders:read'],
} as const;

let running: RunningProvider;
let as: oauth.AuthorizationServer;
const http = { [oauth.allowInsecureRequests]: true };

before(async () => {
  running = await aProvider({ clients: [reporting, batch] });
  const issuer = new URL(running.issuer);
  as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http));
});
after(() => running.close());

async function take(client: string, auth: oauth.ClientAuth, parameters: Record<string, string>) {
  const response = await oauth.clientCredentialsGrantRequest(as, { client_id: client }, auth, parameters, http);
  return oauth.processClientCredentialsResponse(as, { client_id: client }, response);
}

const secret = reporting.secret ?? '';

test('gives an opaque token of a recognisable form, with a checksum', async () => {
  const token = await take('reporting', oauth.ClientSecretBasic(secret), { resource: ordersApi.audience });
  assert.match(token.access_token, /^gho_/);
  assert.ok(checksumFits(token.access_token));
  assert.equal(token.scope, 'orders:read');
  assert.equal(token.expires_in, 600);
});

test('gives a JWT (RFC 9068) for an API that wants one', async () => {
  const token = await take('reporting', oauth.ClientSecretPost(secret), { resource: ledgerApi.audience });
  const [header = '', payload = '', signature = ''] = token.access_token.split('.');
  const { alg, typ, kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
  assert.deepEqual([alg, typ], ['ES256', 'at+jwt']);
  const key = running.provider.jwks().keys.find((each) => each.kid === kid);
  assert.ok(key);
  const publicKey = createPublicKey({ key, format: 'jwk' });
  const fits = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  assert.ok(fits);
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  assert.equal(claims.iss, running.issuer);
  assert.equal(claims.aud, ledgerApi.audience);
  assert.equal(claims.sub, 'reporting');
  assert.equal(claims.client_id, 'reporting');
  assert.equal(claims.scope, 'ledger:read');
  assert.equal(claims.exp - claims.iat, 300);
});

test('authenticates a client by an assertion, once', async () => {
  const auth = oauth.PrivateKeyJwt({ key: await webKey(), kid: 'b1' });
  const token = await take('batch', auth, {});
  assert.match(token.access_token, /^gho_/);
});

async function webKey(): Promise<CryptoKey> {
  const jwk = keys.privateKey.export({ format: 'jwk' });
  return crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}
