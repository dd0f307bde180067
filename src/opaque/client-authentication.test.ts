import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import {
  activeAnswer,
  anIntrospectionServer,
  aVerifier,
  issuer,
  now,
  type Received,
  token,
} from '../../test/fixtures/an-introspection-server.ts';
import { type ClientAuthentication, proveClient } from './client-authentication.ts';
import { type ClientKey, importClientKey } from './client-key.ts';

const question = { token, token_type_hint: 'access_token' };

/** What the endpoint receives of a gate that authenticates so. */
async function receivedFrom(t: TestContext, authentication: ClientAuthentication, times = 1): Promise<Received[]> {
  const server = await anIntrospectionServer(t, { body: activeAnswer });
  const verifier = aVerifier(t, server.url, { authentication, cache: 0 });
  for (let time = 0; time < times; time++) assert.ok((await verifier.ask()).ok);
  return server.received;
}

test('client_secret_basic: id and secret are form-encoded, then base64-encoded', async (t) => {
  const clientId = 'orders:gate 1+1%';
  const clientSecret = 'pä:ß & =?/+';
  const [received] = await receivedFrom(t, { method: 'client_secret_basic', clientId, clientSecret });
  const [scheme, credentials = ''] = received?.headers.authorization?.split(' ') ?? [];
  assert.equal(scheme, 'Basic');
  const [id, secret, ...rest] = Buffer.from(credentials, 'base64').toString().split(':');
  assert.deepEqual([id, secret], ['orders%3Agate+1%2B1%25', 'p%C3%A4%3A%C3%9F+%26+%3D%3F%2F%2B']);
  assert.deepEqual(rest, []);
  assert.deepEqual(received?.parameters, question);
});

test('client_secret_basic: any id and secret can be told apart again', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1 });
  await fc.assert(
    fc.asyncProperty(text, text, async (clientId, clientSecret) => {
      const { headers } = await proveClient({ method: 'client_secret_basic', clientId, clientSecret }, issuer, now);
      const pair = Buffer.from(headers['authorization']?.slice(6) ?? '', 'base64').toString();
      const decoded = pair.split(':').map((part) => new URLSearchParams(`x=${part}`).get('x'));
      assert.deepEqual(decoded, [clientId, clientSecret]);
    }),
  );
});

test('client_secret_post: id and secret are in the body, and nothing in the header', async (t) => {
  const authentication = { method: 'client_secret_post', clientId: 'gate', clientSecret: 'a&b=c' } as const;
  const [received] = await receivedFrom(t, authentication);
  assert.equal(received?.headers.authorization, undefined);
  assert.deepEqual(received?.parameters, { ...question, client_id: 'gate', client_secret: 'a&b=c' });
});

test('bearer: our token is in the header', async (t) => {
  const [received] = await receivedFrom(t, { method: 'bearer', token: 'mF_9.B5f-4.1JqM' });
  assert.equal(received?.headers.authorization, 'Bearer mF_9.B5f-4.1JqM');
  assert.deepEqual(received?.parameters, question);
});

test('none: nothing is proved, and a public client says who it is', async (t) => {
  const [anonymous] = await receivedFrom(t, { method: 'none' });
  assert.equal(anonymous?.headers.authorization, undefined);
  assert.deepEqual(anonymous?.parameters, question);
  const [known] = await receivedFrom(t, { method: 'none', clientId: 'gate' });
  assert.deepEqual(known?.parameters, { ...question, client_id: 'gate' });
});

/** The claims of an assertion that its public key vouches for. */
async function assertionIn(received: Received | undefined, publicKey: KeyObject, audience: string) {
  const { client_assertion: assertion = '', client_assertion_type: type, ...rest } = received?.parameters ?? {};
  assert.equal(type, 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
  assert.deepEqual(rest, question);
  const currentDate = new Date(now);
  const { payload } = await jwtVerify(assertion, publicKey, { issuer: 'gate', subject: 'gate', audience, currentDate });
  return { payload, header: decodeProtectedHeader(assertion) };
}

const pem = { type: 'pkcs8', format: 'pem' } as const;

test('private_key_jwt: each request has an assertion of its own, for the issuer', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = importClientKey(String(privateKey.export(pem)), 'gate-1');
  const received = await receivedFrom(t, { method: 'private_key_jwt', clientId: 'gate', key }, 2);
  const first = await assertionIn(received[0], publicKey, issuer);
  const second = await assertionIn(received[1], publicKey, issuer);
  assert.deepEqual(first.header, { alg: 'ES256', typ: 'JWT', kid: 'gate-1' });
  assert.deepEqual([first.payload.iat, first.payload.exp], [now / 1000, now / 1000 + 60]);
  assert.match(first.payload.jti ?? '', /^[0-9a-f-]{36}$/);
  assert.notEqual(first.payload.jti, second.payload.jti);
});

test('private_key_jwt: another audience can be configured', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = importClientKey(String(privateKey.export(pem)));
  const audience = 'https://legacy.example/token';
  const [received] = await receivedFrom(t, { method: 'private_key_jwt', clientId: 'gate', key, audience });
  const { header } = await assertionIn(received, publicKey, audience);
  assert.deepEqual(header, { alg: 'EdDSA', typ: 'JWT' });
});

test('private_key_jwt: every key that can be imported signs what its public half verifies', async () => {
  const pairs = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    generateKeyPairSync('ed25519'),
  ];
  const keys: ClientKey[] = pairs.map(({ privateKey }) => importClientKey(String(privateKey.export(pem))));
  keys.push(importClientKey(String(pairs[0]?.privateKey.export(pem)), undefined, 'PS256'));
  for (const key of keys) {
    const { parameters } = await proveClient({ method: 'private_key_jwt', clientId: 'gate', key }, issuer, now);
    const publicKey = createPublicKey(key.privateKey);
    await jwtVerify(parameters['client_assertion'] ?? '', publicKey, {
      algorithms: [key.algorithm],
      currentDate: new Date(now),
    });
  }
  assert.deepEqual(
    keys.map(({ algorithm }) => algorithm),
    ['RS256', 'ES256', 'ES384', 'EdDSA', 'PS256'],
  );
});
