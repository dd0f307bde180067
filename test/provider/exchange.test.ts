import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Decision } from '../../src/access/index.ts';
import { systemClock } from '../../src/base/clock.ts';
import { sha256Hex } from '../../src/base/sha256.ts';
import { type Rejection, rejection } from '../../src/protocol/rejection.ts';
import type { ExchangeRule, SubjectTokenJudge } from '../../src/provider/index.ts';
import { aPrincipal } from '../fixtures/a-principal.ts';
import { aProvider, ordersApi } from '../fixtures/a-provider.ts';
import { post } from '../fixtures/a-token-client.ts';

/** Takes every token but two; what one says is its own `jti`. */
const judge: SubjectTokenJudge = {
  judge(_rule, { token }): Decision {
    const refusals: Record<string, Rejection> = {
      unavailable: rejection('keys_unavailable', {}, { retryAfter: 7 }),
      expired: rejection('token_expired'),
    };
    const refusal = refusals[token];
    if (refusal !== undefined) return { granted: false, rejection: refusal, principal: undefined };
    const tokenId = token.split('.')[0];
    const facts = { tokenId, tokenHash: sha256Hex(token), audiences: [issuer], expiresAt: systemClock() + 60_000 };
    return { granted: true, principal: aPrincipal(facts), memo: new Map() };
  },
};

const issuer = 'http://127.0.0.1:8081';
const client = {
  id: 'web',
  secret: 'a secret',
  grants: ['token-exchange', 'jwt-bearer'],
  scopes: ['orders:read'],
} as const;
const exchange: readonly ExchangeRule[] = [
  { grants: ['token-exchange', 'jwt-bearer'], from: ['acme'], to: ['orders'], clients: ['web', 'signer'] },
];

const exchanged = (token: string) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token: token,
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  resource: ordersApi.audience,
});

const asserted = (assertion: string) => ({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });

test('where the store cannot be asked, nobody is told that a token is bad, nor given one', async (t) => {
  const running = await aProvider({ issuer, clients: [client], exchange }, systemClock, judge);
  t.after(() => running.close());
  assert.equal((await post(running.listening, '/token', exchanged('one'), client)).status, 200);
  await running.store.close();
  for (const form of [exchanged('two'), asserted('three')]) {
    const { status, json, headers } = await post(running.listening, '/token', form, client);
    assert.deepEqual([status, json.error], [503, 'temporarily_unavailable']);
    assert.ok(headers.get('retry-after'));
  }
});

test('what cannot be judged at the moment is to be tried again, and the time is said', async (t) => {
  const running = await aProvider({ issuer, clients: [client], exchange }, systemClock, judge);
  t.after(() => running.close());
  for (const form of [exchanged('unavailable'), asserted('unavailable')]) {
    const { status, json, headers } = await post(running.listening, '/token', form, client);
    assert.deepEqual([status, json.error, headers.get('retry-after')], [503, 'temporarily_unavailable', '7']);
  }
});

test('an assertion that was used is remembered by every process, and after a restart', async (t) => {
  const running = await aProvider({ issuer, clients: [client], exchange }, systemClock, judge);
  t.after(() => running.close());
  const use = async (token: string) => (await post(running.listening, '/token', asserted(token), client)).json;
  assert.ok((await use('first')).access_token);
  assert.equal((await use('first')).error_description, 'the assertion was used before');
  assert.ok((await use('second')).access_token);
  await running.restart();
  assert.equal((await use('first')).error_description, 'the assertion was used before');
});

test('a client with a key of its own exchanges, and bad tokens do not make it one that guesses', async (t) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] };
  const signer = { id: 'signer', jwks, grants: ['token-exchange', 'jwt-bearer'], scopes: ['orders:read'] } as const;
  const limits = { client: { attempts: 3, window: 60_000 } };
  const running = await aProvider({ issuer, clients: [signer], exchange, limits }, systemClock, judge);
  t.after(() => running.close());
  let made = 0;
  const use = async (form: Record<string, string>) => {
    const now = Math.floor(systemClock() / 1000);
    const claims = { iss: signer.id, sub: signer.id, aud: issuer, iat: now, exp: now + 60, jti: `a${made++}` };
    const client_assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey);
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    return (await post(running.listening, '/token', { ...form, client_assertion, client_assertion_type })).json;
  };
  assert.ok((await use(exchanged('one'))).access_token);
  for (let n = 0; n < 10; n++) assert.equal((await use(asserted('expired'))).error, 'invalid_grant');
  for (let n = 0; n < 10; n++) await use(asserted('again'));
  assert.ok((await use(asserted('two'))).access_token);
});

test('rules without anybody to judge by them are refused at once', async (t) => {
  const running = await aProvider({ issuer, clients: [client] });
  t.after(() => running.close());
  const options = { ...running.options, exchange };
  assert.throws(() => running.provider.reload(options), /nobody judges/);
  assert.equal(
    (await post(running.listening, '/token', exchanged('one'), client)).json.error,
    'unsupported_grant_type',
  );
});

test('whoever signs in and whoever is exchanged are one, if the issuer and its subject are the same', async (t) => {
  const running = await aProvider({ issuer, clients: [client], exchange }, systemClock, judge);
  t.after(() => running.close());
  const known = { email: 'mira@acme.example', email_verified: true };
  const facts = { at: systemClock(), signedIn: true, claims: known };
  const { subject } = await running.store.accountLinks.link('https://acme.example', 'mira', facts);
  const { access_token: token } = (await post(running.listening, '/token', exchanged('one'), client)).json;
  const { sub, email, email_verified } = (await post(running.listening, '/introspect', { token }, client)).json;
  assert.deepEqual({ sub, email, email_verified }, { sub: subject, ...known });
  const after = await running.store.accountLinks.find(subject);
  assert.equal(after?.lastSignIn, facts.at, 'an exchange is no sign-in');
});

test('a client that does not authenticate gets nothing, however it came to be registered for the grant', async (t) => {
  const rules = exchange.map((rule) => ({ ...rule, clients: ['open'] }));
  const running = await aProvider({ issuer, clients: [client], exchange: rules }, systemClock, judge);
  t.after(() => running.close());
  const stored = (await running.provider.clients.find(client.id)) ?? assert.fail();
  await running.store.clients.add({ ...stored, id: 'open', authentication: 'none', secretHash: undefined });
  for (const form of [exchanged('one'), asserted('one')]) {
    const { status, json } = await post(running.listening, '/token', form, { id: 'open' });
    assert.deepEqual([status, json.error], [400, 'unauthorized_client']);
  }
});

test('a scope that is asked for twice is granted once', async (t) => {
  const running = await aProvider({ issuer, clients: [client], exchange }, systemClock, judge);
  t.after(() => running.close());
  const form = { ...exchanged('one'), scope: 'orders:read orders:read' };
  assert.equal((await post(running.listening, '/token', form, client)).json.scope, 'orders:read');
});
