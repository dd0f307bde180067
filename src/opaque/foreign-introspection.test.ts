import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { type ClientMetadata, type Configuration, Provider } from 'oidc-provider';
import { serve } from '../../test/fixtures/a-server.ts';
import { aVerifier, expectation, type VerifierUnderTest } from '../../test/fixtures/an-introspection-server.ts';
import { createHttpClient } from '../net/index.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import { importKeySet } from '../tokens/index.ts';
import type { ClientAuthentication } from './client-authentication.ts';
import { importClientKey } from './client-key.ts';
import type { AnswerKeys, IntrospectionOptions } from './introspection-options.ts';

const secret = 'a secret: with & all + sorts % of =';
const client = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const api = 'https://api.example.com/orders';

const clients: ClientMetadata[] = [
  { client_id: 'orders-web', client_secret: secret, redirect_uris: ['https://web.example/cb'] },
  gate('basic', { client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' }),
  gate('post', { client_secret: secret, token_endpoint_auth_method: 'client_secret_post' }),
  gate('assertion', {
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{ ...client.publicKey.export({ format: 'jwk' }), kid: 'gate-1', use: 'sig' }] },
  }),
];

function gate(client_id: string, metadata: Partial<ClientMetadata>): ClientMetadata {
  return { client_id, redirect_uris: [], response_types: [], grant_types: [], ...metadata };
}

/** The certified library, bare, as somebody else's provider. */
async function aForeignProvider(t: TestContext) {
  const key = { ...server.privateKey.export({ format: 'jwk' }), kid: 's-1', use: 'sig', alg: 'ES256' };
  const port = await serve(t, (request, response) => callback(request, response));
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients,
    clientDefaults: { id_token_signed_response_alg: 'ES256', introspection_signed_response_alg: 'ES256' },
    jwks: { keys: [key] },
    features: { introspection: { enabled: true }, jwtIntrospection: { enabled: true } },
  } as Configuration);
  const callback = provider.callback();
  return { issuer, provider };
}

async function tokensOf(provider: Provider) {
  const known = await provider.Client.find('orders-web');
  assert.ok(known !== undefined);
  const grant = new provider.Grant({ clientId: 'orders-web', accountId: 'mira' });
  grant.addOIDCScope('openid');
  const held = { client: known, accountId: 'mira', grantId: await grant.save(), scope: 'orders:read', gty: 'code' };
  const access = new provider.AccessToken(held as never);
  Object.assign(access, { aud: api });
  const refresh = new provider.RefreshToken({ ...held, expiresWithSession: false } as never);
  return { access: await access.save(), refresh: await refresh.save(), accessToken: access };
}

function aGate(
  t: TestContext,
  issuer: string,
  authentication: ClientAuthentication,
  options: Partial<IntrospectionOptions> = {},
): VerifierUnderTest {
  const verifier = aVerifier(
    t,
    `${issuer}/token/introspection`,
    { issuer, expectation: { ...expectation, issuers: [issuer] }, authentication, ...options },
    keysOf(t, issuer),
  );
  verifier.time = Date.now();
  return verifier;
}

/** The provider's keys, fetched where it publishes them. */
function keysOf(t: TestContext, issuer: string): AnswerKeys {
  const http = createHttpClient();
  t.after(() => http.close());
  return {
    current: () => undefined,
    async refresh() {
      const answer = await http.getJson({ url: `${issuer}/jwks` });
      return answer.ok ? importKeySet(answer.value.value).keySet : undefined;
    },
  };
}

const basic = { method: 'client_secret_basic', clientId: 'basic', clientSecret: secret } as const;

function codeOf(verdict: Verdict<VerifiedToken>): string {
  return verdict.ok ? 'accepted' : verdict.rejection.code;
}

test('oidc-provider knows the gate by basic, post and assertion, and says whose token it is', async (t) => {
  const { issuer, provider } = await aForeignProvider(t);
  const { access } = await tokensOf(provider);
  const key = importClientKey(String(client.privateKey.export({ type: 'pkcs8', format: 'pem' })), 'gate-1');
  const ways: readonly ClientAuthentication[] = [
    basic,
    { method: 'client_secret_post', clientId: 'post', clientSecret: secret },
    { method: 'private_key_jwt', clientId: 'assertion', key },
  ];
  for (const authentication of ways) {
    const verdict = await aGate(t, issuer, authentication).ask(access);
    assert.ok(verdict.ok, `${authentication.method}: ${JSON.stringify(verdict)}`);
    const { sub, client_id, aud, scope, iss, token_type } = verdict.value.claims;
    assert.deepEqual(
      { sub, client_id, aud, scope, iss, token_type },
      { sub: 'mira', client_id: 'orders-web', aud: api, scope: 'orders:read', iss: issuer, token_type: 'Bearer' },
    );
  }
});

test('oidc-provider takes each assertion once, and the gate makes a new one each time', async (t) => {
  const { issuer, provider } = await aForeignProvider(t);
  const { access } = await tokensOf(provider);
  const key = importClientKey(JSON.stringify(client.privateKey.export({ format: 'jwk' })), 'gate-1');
  const gate = aGate(t, issuer, { method: 'private_key_jwt', clientId: 'assertion', key }, { cache: 0 });
  for (let time = 0; time < 3; time++) assert.equal(codeOf(await gate.ask(access)), 'accepted');
});

test('a signed answer of oidc-provider is verified by the keys that it publishes', async (t) => {
  const { issuer, provider } = await aForeignProvider(t);
  const { access } = await tokensOf(provider);
  const verdict = await aGate(t, issuer, basic, { signed: true }).ask(access);
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.equal(verdict.value.claims['sub'], 'mira');
  assert.equal(codeOf(await aGate(t, issuer, basic, { signed: true }).ask('unknown')), 'token_inactive');
});

test('a token that oidc-provider does not know, or has revoked, is inactive', async (t) => {
  const { issuer, provider } = await aForeignProvider(t);
  const { access, accessToken } = await tokensOf(provider);
  const gate = aGate(t, issuer, basic);
  assert.equal(codeOf(await gate.ask('unknown')), 'token_inactive');
  assert.equal(codeOf(await gate.ask(access)), 'accepted');
  await accessToken.destroy();
  assert.equal(codeOf(await gate.ask(access)), 'accepted');
  gate.time += 30_000;
  assert.equal(codeOf(await gate.ask(access)), 'token_inactive');
});

test('wrong credentials are our own fault, not that of the token', async (t) => {
  const { issuer, provider } = await aForeignProvider(t);
  const { access } = await tokensOf(provider);
  const verdict = await aGate(t, issuer, { ...basic, clientSecret: 'wrong' }).ask(access);
  assert.ok(!verdict.ok);
  const { code, facts } = verdict.rejection;
  assert.deepEqual(
    [code, facts['failure'], facts['error']],
    ['issuer_unavailable', 'credentials_refused', 'invalid_client'],
  );
});

test('a refresh token of oidc-provider names no audience, nor a kind: who demands the kind refuses it at once', async (t) => {
  const { issuer, provider } = await aForeignProvider(t);
  const { access, refresh } = await tokensOf(provider);
  const lax = await aGate(t, issuer, basic).ask(refresh);
  assert.ok(lax.ok);
  assert.equal(lax.value.claims['aud'], undefined);
  const strict = { expectation: { ...expectation, issuers: [issuer], required: ['token_type'] } };
  assert.equal(codeOf(await aGate(t, issuer, basic, strict).ask(refresh)), 'claim_missing');
  assert.equal(codeOf(await aGate(t, issuer, basic, strict).ask(access)), 'accepted');
});
