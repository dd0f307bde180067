import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Lab, startLab } from '../../src/lab/index.ts';
import { post } from '../fixtures/a-token-client.ts';
import { referenceOf } from '../fixtures/read-status.ts';
import { anUpstream, type Upstream } from './an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from './assembled-gatehouse.ts';
import type { Ports } from './free-ports.ts';

const audience = 'https://orders.example';
const client = { id: 'reporting', secret: 'a-secret-of-enough-characters-0123456789' };

let upstream: Upstream;
let lab: Lab;
/** Issues JWTs that name a status list. */
let home: AssembledGatehouse;
/** Another installation, with a store of its own: it takes tokens of the first, and of the lab. */
let away: AssembledGatehouse;

before(async () => {
  upstream = await anUpstream();
  lab = await startLab({ listen: { host: '127.0.0.1', port: 0 } });
  home = await assembleGatehouse(homeConfig);
  away = await assembleGatehouse((ports) => awayConfig(ports));
});

after(async () => {
  await away?.remove();
  await home?.remove();
  await lab?.close();
  await upstream?.close();
});

function homeConfig(ports: Ports): string {
  return `
gateway: { listen: 127.0.0.1:${ports.gateway} }
provider:
  listen: 127.0.0.1:${ports.provider}
  issuer: http://127.0.0.1:${ports.provider}
  lifetimes: { statusList: 2s }
admin: { listen: 127.0.0.1:${ports.admin} }
revocation: { poll: 20ms }
clients:
  - { id: ${client.id}, secret: ${client.secret}, grants: [client_credentials], scopes: [orders:read] }
apis:
  orders:
    audience: ${audience}
    route: { path: / }
    upstream: ${upstream.url}
    accept: [provider]
    rules: [{ scopes: [orders:read] }]
    forward: { identity: none }
    tokens: { format: jwt, statusList: true }
`;
}

function awayConfig(ports: Ports, more = ''): string {
  const { identifier } = lab.issuer('okta');
  return `
gateway: { listen: 127.0.0.1:${ports.gateway} }
admin: { listen: 127.0.0.1:${ports.admin} }
issuers:
  home: { issuer: ${home.provider}, statusTimes: { minRefresh: 1s, maxStale: 2s }${more} }
  okta: { preset: okta, issuer: ${identifier}, statusTimes: { minRefresh: 1s, maxRefresh: 1s } }
apis:
  orders:
    audience: ${audience}
    route: { path: / }
    upstream: ${upstream.url}
    accept: [home, okta]
    rules: [{ scopes: [orders:read] }]
    forward: { identity: none }
`;
}

async function take(): Promise<string> {
  const { json, text } = await post(
    home.provider,
    '/token',
    { grant_type: 'client_credentials', resource: audience },
    client,
  );
  return json?.access_token ?? assert.fail(text);
}

/** What a gateway says: the status, or the code of the refusal. */
async function call(house: AssembledGatehouse, token: string): Promise<string> {
  const response = await fetch(house.gateway, { headers: { authorization: `Bearer ${token}` } });
  const body = (await response.json()) as { code?: string };
  return response.status === 200 ? '200' : (body.code ?? String(response.status));
}

async function until(wanted: string, milliseconds: number, ask: () => Promise<string>): Promise<void> {
  const end = performance.now() + milliseconds;
  for (let said = await ask(); said !== wanted; said = await ask()) {
    assert.ok(performance.now() < end, `${said} instead of ${wanted} after ${milliseconds} ms`);
    await pause(50);
  }
}

test('a token dies at home at once, and elsewhere as soon as the list is fetched again', async () => {
  const [token, other] = [await take(), await take()];
  for (const house of [home, away]) assert.equal(await call(house, token), '200');
  await post(home.provider, '/revoke', { token }, client);
  assert.equal(await call(home, token), 'token_revoked');
  await until('token_status_invalid', 4_000, () => call(away, token));
  assert.equal(await call(away, other), '200');
});

test('a token of the lab is suspended, and comes back', async () => {
  const issuer = lab.issuer('okta');
  const wish = { audiences: [audience], scopes: ['orders:read'], status: true };
  const token = await issuer.mint(wish);
  assert.equal(await call(away, token), '200');
  for (const [status, said] of [
    ['suspended', 'token_status_suspended'],
    ['valid', '200'],
    ['invalid', 'token_status_invalid'],
  ] as const) {
    await post(issuer.identifier, new URL(issuer.below('/status')).pathname, { token, status });
    await until(said, 4_000, () => call(away, token));
  }
});

test('a list of the lab that goes wrong serves on, and is told to the operator', async () => {
  const issuer = lab.issuer('okta');
  const wish = { audiences: [audience], scopes: ['orders:read'], status: true };
  const token = await issuer.mint(wish);
  assert.equal(await call(away, token), '200');
  issuer.fault = 'html';
  await until('yes', 5_000, async () => {
    assert.equal(await call(away, token), '200');
    return away.log().includes('status list not fetched') ? 'yes' : 'no';
  });
  issuer.fault = undefined;
});

test('a reload keeps the lists of issuers that did not change, and forgets those of others', async () => {
  const token = await take();
  assert.equal(await call(away, token), '200');
  await post(home.provider, '/revoke', { token }, client);
  await until('token_status_invalid', 4_000, () => call(away, token));
  const { requests } = lab.issuer('okta');
  const before = requests.statusList;
  await away.reload((ports) => awayConfig(ports, ', status: ignore'));
  assert.equal(await call(away, token), '200', 'what the token says of its status is passed over');
  await away.reload((ports) => awayConfig(ports));
  assert.equal(await call(away, token), 'token_status_invalid');
  assert.ok(requests.statusList - before <= 3);
});

test('while home is away, its tokens pass for as long as was said, and then nobody can say', async () => {
  const token = await take();
  assert.ok(referenceOf(token).uri.startsWith(home.provider));
  assert.equal(await call(away, token), '200');
  await home.stop();
  assert.equal(await call(away, token), '200');
  await until('status_unavailable', 8_000, () => call(away, token));
  const response = await fetch(away.gateway, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(response.status, 503);
  assert.ok(Number(response.headers.get('retry-after')) >= 1);
});
