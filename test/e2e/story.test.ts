import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { hashPassword } from '../../src/base/password.ts';
import { type Lab, startLab } from '../../src/lab/index.ts';
import { anUpstream, type Upstream } from './an-upstream.ts';
import { type RunningGatehouse, runGatehouse } from './running-gatehouse.ts';
import { Browser, fillIn } from './sign-in.ts';
import { ordersAudience, password, reportsAudience, storyConfig } from './story-config.ts';

let house: RunningGatehouse;
let upstream: Upstream;
let lab: Lab;
const clientSecret = randomBytes(24).toString('base64url');

before(async () => {
  upstream = await anUpstream();
  lab = await startLab({ listen: { host: '127.0.0.1', port: 0 } });
  const passwordHash = await hashPassword(password);
  const neighbours = { upstream: upstream.url, lab: lab.origin, passwordHash, clientSecret };
  house = await runGatehouse((ports) => storyConfig(ports, neighbours));
});

after(async () => {
  await house?.remove();
  await lab?.close();
  await upstream?.close();
});

const basic = `Basic ${Buffer.from(`reporting:${clientSecret}`).toString('base64')}`;

function call(path: string, token: string, init: RequestInit = {}): Promise<Response> {
  return fetch(house.gateway + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
}

async function codeOf(response: Response): Promise<string> {
  if (response.ok) return `${response.status}`;
  const { code } = (await response.json()) as { code: string };
  return `${response.status} ${code}`;
}

async function post(
  path: string,
  form: Record<string, string>,
  authorization?: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(house.provider + path, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: authorization === undefined ? {} : { authorization },
  });
  const text = await response.text();
  return text === '' ? { status: response.status } : { status: response.status, ...JSON.parse(text) };
}

async function clientToken(resource: string): Promise<string> {
  const answer = await post('/token', { grant_type: 'client_credentials', resource }, basic);
  assert.equal(answer['status'], 200, JSON.stringify(answer));
  return String(answer['access_token']);
}

function foreignToken(claims: Record<string, unknown> = {}): Promise<string> {
  const issuer = lab.issuers.find((candidate) => candidate.identifier === lab.origin) ?? lab.issuers[0];
  assert.ok(issuer);
  return issuer.mint({ subject: 'mira', client: 'app', scopes: ['orders:read'], audiences: [ordersAudience], claims });
}

test('a client gets an opaque token and calls the API: the upstream sees who is calling, and not the token', async () => {
  const token = await clientToken(ordersAudience);
  assert.match(token, /^gho_/);
  const response = await call('/orders/7?x=1', token);
  assert.equal(response.status, 200);
  const seen = (await response.json()) as { url: string; headers: Record<string, string> };
  assert.equal(seen.url, '/orders/7?x=1');
  assert.equal(seen.headers['gatehouse-client'], 'reporting');
  assert.equal(seen.headers['gatehouse-subject'], 'reporting');
  assert.equal(seen.headers['gatehouse-scope'], 'orders:read');
  assert.equal(seen.headers['authorization'], undefined);
});

test('another API gets a JWT of type at+jwt, and its upstream a JWT of ours for itself', async () => {
  const token = await clientToken(reportsAudience);
  const [header = ''] = token.split('.');
  assert.equal(JSON.parse(Buffer.from(header, 'base64url').toString()).typ, 'at+jwt');
  const response = await call('/reports', token);
  assert.equal(response.status, 200);
  const seen = (await response.json()) as { headers: Record<string, string> };
  const minted = String(seen.headers['authorization']).replace('Bearer ', '');
  assert.notEqual(minted, token);
  const claims = JSON.parse(Buffer.from(minted.split('.')[1] ?? '', 'base64url').toString());
  assert.equal(claims.aud, reportsAudience);
  assert.equal(await codeOf(await call('/reports', minted)), '401 token_type_not_accepted');
});

test('a JWT of the federated issuer is let in on the API that issues opaque tokens', async () => {
  assert.equal(await codeOf(await call('/orders', await foreignToken())), '200');
});

test('a token for one API is refused by the other, whichever kind it is', async () => {
  assert.equal(await codeOf(await call('/reports', await clientToken(ordersAudience))), '401 audience_mismatch');
  assert.equal(await codeOf(await call('/orders', await clientToken(reportsAudience))), '401 audience_mismatch');
});

test('the same rule decides for an opaque token and for a JWT', async () => {
  const opaque = await call('/orders', await clientToken(ordersAudience), { method: 'POST' });
  const jwt = await call('/orders', await foreignToken(), { method: 'POST' });
  for (const refused of [opaque, jwt]) {
    assert.equal(refused.status, 403);
    assert.match(refused.headers.get('www-authenticate') ?? '', /error="insufficient_scope".*scope="orders:write"/);
  }
  const problems = await Promise.all([opaque.json(), jwt.json()]);
  const [{ request_id: _one, ...first }, { request_id: _other, ...second }] = problems as Record<string, unknown>[] as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  assert.deepEqual(first, second);
});

/** Authorization code with PKCE, through the sign-in and consent pages. */
async function signIn(): Promise<Record<string, unknown>> {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'web',
    response_type: 'code',
    redirect_uri: `${upstream.url}/callback`,
    scope: 'openid offline_access orders:read orders:write',
    resource: ordersAudience,
    prompt: 'consent',
    state: 's1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const browser = new Browser();
  const login = await browser.open(`${house.provider}/authorize?${query}`, house.provider);
  assert.ok('html' in login);
  const wrong = fillIn(login, { username: 'ada', password: 'wrong' });
  const again = await browser.open(wrong.url, house.provider, wrong.form);
  assert.ok('html' in again, 'a wrong password gives the page again');
  const right = fillIn(again, { username: 'ada', password });
  const consent = await browser.open(right.url, house.provider, right.form);
  assert.ok('html' in consent, 'the person is asked for consent');
  const allowed = fillIn(consent, {});
  const callback = await browser.open(allowed.url, house.provider, allowed.form);
  assert.ok(callback instanceof URL);
  assert.equal(callback.searchParams.get('state'), 's1');
  assert.equal(callback.searchParams.get('iss'), house.provider, 'RFC 9207');
  const code = callback.searchParams.get('code') ?? '';
  return post('/token', {
    grant_type: 'authorization_code',
    client_id: 'web',
    redirect_uri: `${upstream.url}/callback`,
    code,
    code_verifier: verifier,
  });
}

const refresh = (token: unknown) =>
  post('/token', { grant_type: 'refresh_token', client_id: 'web', refresh_token: String(token) });

test('a person signs in and consents; refresh rotates; a replayed refresh token kills the family', async () => {
  const first = await signIn();
  assert.equal(first['status'], 200, JSON.stringify(first));
  const access = String(first['access_token']);
  assert.equal(await codeOf(await call('/orders', access)), '200');
  assert.equal(await codeOf(await call('/orders', access, { method: 'POST' })), '200', 'email_verified is true');

  const second = await refresh(first['refresh_token']);
  assert.equal(second['status'], 200, JSON.stringify(second));
  assert.notEqual(second['refresh_token'], first['refresh_token']);
  assert.equal(await codeOf(await call('/orders', String(second['access_token']))), '200');

  const replayed = await refresh(first['refresh_token']);
  assert.equal(replayed['error'], 'invalid_grant');
  assert.equal(await codeOf(await call('/orders', String(second['access_token']))), '401 token_revoked');
  assert.equal((await refresh(second['refresh_token']))['error'], 'invalid_grant');
});

for (const [kind, path, resource] of [
  ['opaque', '/orders', ordersAudience],
  ['JWT', '/reports', reportsAudience],
] as const) {
  test(`introspection and revocation answer for an ${kind} token; the next request is refused`, async () => {
    const token = await clientToken(resource);
    const active = await post('/introspect', { token }, basic);
    assert.equal(active['active'], true);
    assert.equal(active['sub'], 'reporting');
    assert.equal(await codeOf(await call(path, token)), '200');
    assert.equal((await post('/revoke', { token }, basic))['status'], 200);
    assert.equal(await codeOf(await call(path, token)), '401 token_revoked');
    assert.deepEqual(await post('/introspect', { token }, basic), { status: 200, active: false });
  });
}

test('a foreign JWT without jti is revoked with the command line, by its value', async () => {
  const token = await foreignToken({ jti: undefined });
  assert.equal(await codeOf(await call('/orders', token)), '200');
  const revoked = await house.command(['revoke', '--reason', 'lost laptop'], token);
  assert.equal(revoked.code, 0, revoked.stderr);
  assert.equal(await codeOf(await call('/orders', token)), '401 token_revoked');
});

test('all foreign tokens of a subject die with one command; tokens of another subject live', async () => {
  const token = await foreignToken();
  const other = await foreignToken({ sub: 'someone-else' });
  assert.equal(await codeOf(await call('/orders', token)), '200');
  const revoked = await house.command(['revoke', '--issuer', 'lab', '--subject', 'mira']);
  assert.equal(revoked.code, 0, revoked.stderr);
  assert.equal(await codeOf(await call('/orders', token)), '401 token_revoked');
  assert.equal(await codeOf(await call('/orders', other)), '200');
});

test('explain prints every check in order and where the token fails; its exit code says granted or refused', async () => {
  const token = await clientToken(reportsAudience);
  const refused = await house.command(['explain', '--api', 'orders'], token);
  assert.equal(refused.code, 2, refused.stderr);
  assert.match(refused.stdout, /✓ signature[\s\S]*✓ claims[\s\S]*✗ policy[\s\S]*refused: audience_mismatch/);
  assert.ok(!refused.stdout.includes(token.split('.')[2] ?? '-'));
  const granted = await house.command(['explain', '--api', 'reports'], token);
  assert.equal(granted.code, 0);
  assert.match(granted.stdout, /granted: the API reports accepts this token/);
});

test('token, check, advise, issuers and keys do what they say', async () => {
  const token = await house.command(['token', '--api', 'orders', '--client', 'reporting']);
  assert.equal(await codeOf(await call('/orders', token.stdout.trim())), '200', token.stderr);
  assert.match((await house.command(['check'])).stdout, /gatehouse.yaml: accepted/);
  assert.match((await house.command(['advise'])).stdout, /orders: opaque[\s\S]*reports: jwt/);
  assert.match((await house.command(['issuers'])).stdout, /lab {2}http:[\s\S]*keys: fresh/);
  assert.equal((await house.command(['keys', 'list'])).code, 0);
});

test('a rotation of our keys makes no token bad that was issued before or after', async () => {
  const old = await clientToken(reportsAudience);
  const rotated = await house.command(['keys', 'rotate']);
  assert.equal(rotated.code, 0, rotated.stderr);
  assert.equal(await codeOf(await call('/reports', old)), '200');
  assert.equal(await codeOf(await call('/reports', await clientToken(reportsAudience))), '200');
});

test('after kill -9 every acknowledged token and revocation is there', async () => {
  const alive = [await clientToken(ordersAudience), await clientToken(reportsAudience)] as const;
  const dead = [await clientToken(ordersAudience), await clientToken(reportsAudience)] as const;
  const foreign = await foreignToken({ sub: 'killed' });
  for (const token of dead) await post('/revoke', { token }, basic);
  await house.command(['revoke'], foreign);
  await house.end('SIGKILL');
  await house.restart();
  assert.equal(await codeOf(await call('/orders', alive[0])), '200');
  assert.equal(await codeOf(await call('/reports', alive[1])), '200');
  assert.equal(await codeOf(await call('/orders', dead[0])), '401 token_revoked');
  assert.equal(await codeOf(await call('/reports', dead[1])), '401 token_revoked');
  assert.equal(await codeOf(await call('/orders', foreign)), '401 token_revoked');
});

test('no token and no secret stands in anything that the program wrote', () => {
  const written = house.output();
  assert.ok(written.includes('"level"'), 'it did write a log');
  assert.doesNotMatch(written, /gh[orcs]_[0-9A-Za-z]{20}/);
  assert.doesNotMatch(written, /eyJ[\w-]+\.[\w-]+\.[\w-]+/);
  assert.ok(!written.includes(clientSecret) && !written.includes(password));
});

test('SIGTERM ends it cleanly', async () => {
  assert.equal(await house.end('SIGTERM'), 0);
});
