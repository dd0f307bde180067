import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { sendRaw } from '../fixtures/a-gateway.ts';
import { anAccount, aProvider, type RunningProvider } from '../fixtures/a-provider.ts';
import { password, relyingParty, spa, takeTokens, web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';

let running: RunningProvider;
before(async () => {
  running = await aProvider({ clients: [web, spa], accounts: [await anAccount('ada', 'x')] });
});
after(() => running.close());

test('the metadata is the same under both names, and says what there is', async () => {
  const [openid, oauth] = await Promise.all(
    ['openid-configuration', 'oauth-authorization-server'].map(async (name) =>
      (await fetch(`${running.issuer}/.well-known/${name}`)).json(),
    ),
  );
  assert.deepEqual(openid, oauth);
  const { issuer } = running;
  const metadata = oauth as Record<string, unknown>;
  assert.equal(metadata['issuer'], issuer);
  assert.equal(metadata['authorization_endpoint'], `${issuer}/authorize`);
  assert.equal(metadata['token_endpoint'], `${issuer}/token`);
  assert.equal(metadata['introspection_endpoint'], `${issuer}/introspect`);
  assert.equal(metadata['revocation_endpoint'], `${issuer}/revoke`);
  assert.equal(metadata['pushed_authorization_request_endpoint'], `${issuer}/par`);
  assert.equal(metadata['jwks_uri'], `${issuer}/jwks`);
  assert.equal(metadata['end_session_endpoint'], `${issuer}/logout`);
  assert.deepEqual(metadata['grant_types_supported'], ['authorization_code', 'refresh_token', 'client_credentials']);
  assert.deepEqual(metadata['code_challenge_methods_supported'], ['S256']);
  assert.deepEqual(metadata['response_types_supported'], ['code']);
  assert.equal(metadata['authorization_response_iss_parameter_supported'], true);
  assert.deepEqual(metadata['token_endpoint_auth_methods_supported'], [
    'client_secret_basic',
    'client_secret_post',
    'private_key_jwt',
    'none',
  ]);
  assert.ok((metadata['introspection_signing_alg_values_supported'] as string[]).includes('ES256'));
});

test('whatever Host or forwarded header a request has, the provider keeps its one name', async () => {
  const { issuer } = running;
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  const text = await new Promise<string>((resolve, reject) => {
    const call = request(`${issuer}/.well-known/openid-configuration`, { headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(body));
    });
    call.on('error', reject).end();
  });
  assert.ok(!text.includes('evil'));
  assert.equal(JSON.parse(text).token_endpoint, `${issuer}/token`);
});

test('scripts may read the metadata, and a public client may call from where its users are sent back to', async () => {
  const { issuer } = running;
  const open = await fetch(`${issuer}/jwks`, { headers: { origin: 'https://any.example' } });
  assert.equal(open.headers.get('access-control-allow-origin'), 'https://any.example');
  const form = { grant_type: 'refresh_token', refresh_token: 'x' };
  const at = async (origin: string, client: { id: string; secret?: string | undefined }) =>
    (await post(issuer, '/token', form, client, { origin })).headers.get('access-control-allow-origin');
  assert.equal(await at('https://app.example.com', spa), 'https://app.example.com');
  assert.equal(await at('https://evil.example', spa), null);
  assert.equal(await at('null', spa), null);
  assert.equal(await at('https://app.example.com', web), null);
});

test('errors say what is wrong in words, and nothing of what went on inside', async () => {
  const { issuer } = running;
  for (const [path, init] of [
    ['/authorize?client_id=unknown&response_type=code', {}],
    ['/token', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
    ['/token', { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(100_000) }) }],
    ['/token', { method: 'GET' }],
    ['/interaction/unknown', {}],
    ['/interaction/../token', {}],
    ['/authorize/unknown', {}],
    ['/logout?id_token_hint=garbage', {}],
    ['/userinfo', {}],
  ] as const) {
    const response = await fetch(`${issuer}${path}`, {
      ...init,
      headers: { accept: 'application/json', ...('headers' in init ? init.headers : {}) },
    });
    const text = await response.text();
    assert.ok(response.status >= 400 && response.status < 500, `${path} ${response.status}`);
    assert.ok(!/node_modules|at async|\.js:|\.ts:/.test(text), text);
  }
});

test('a parameter that is given twice is refused', async () => {
  const twice = [
    ['grant_type', 'refresh_token'],
    ['grant_type', 'client_credentials'],
  ] as const;
  const { status, json } = await post(running.issuer, '/token', twice, web);
  assert.deepEqual([status, json.error], [400, 'invalid_request']);
});

test('behind a proxy that ends TLS, cookies are for https only and links lead there', async (t) => {
  const secure = await aProvider({ issuer: 'https://id.example.com', clients: [web] });
  t.after(() => secure.close());
  const port = new URL(secure.listening).port;
  const query = new URLSearchParams({
    client_id: 'web',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: web.redirectUris[0],
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  });
  const response = await fetch(`http://127.0.0.1:${port}/authorize?${query}`, { redirect: 'manual' });
  assert.equal(response.status, 303);
  const cookies = response.headers.getSetCookie();
  assert.ok(cookies.length >= 2);
  for (const cookie of cookies) assert.match(cookie, /secure.*httponly|httponly.*secure/i);
  const metadata = await (await fetch(`http://127.0.0.1:${port}/.well-known/openid-configuration`)).json();
  assert.equal((metadata as { token_endpoint: string }).token_endpoint, 'https://id.example.com/token');
});

for (const signingAlgorithm of ['EdDSA', 'RS256'] as const) {
  test(`a provider that signs with ${signingAlgorithm} gives ID tokens and JWTs that verify`, async (t) => {
    const accounts = [await anAccount('ada', password)];
    const other = await aProvider({ signingAlgorithm, clients: [web], accounts });
    t.after(() => other.close());
    const config = await relyingParty(other.issuer, web);
    const tokens = await takeTokens(config, { scope: 'openid ledger:read' });
    const keys = createLocalJWKSet({ keys: [...other.provider.jwks().keys] });
    for (const token of [tokens.access_token, tokens.id_token ?? '']) {
      assert.equal((await jwtVerify(token, keys)).protectedHeader.alg, signingAlgorithm);
    }
  });
}

test('a target in absolute form is taken by its path, and one that is no URL is refused', async () => {
  const { port } = new URL(running.listening);
  const get = (target: string) =>
    sendRaw(Number(port), `GET ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
  assert.match(await get('http://evil.example/jwks'), /^HTTP\/1\.1 200 [\s\S]*"keys"/);
  for (const target of ['http://[', 'http://']) assert.match(await get(target), /^HTTP\/1\.1 400 /);
});
