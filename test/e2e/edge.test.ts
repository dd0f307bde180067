import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { adminAudience, adminScope, bootstrapClientId } from '../../src/protocol/admin-access.ts';
import { TcpLink } from '../store/a-tcp-link.ts';
import { until } from '../store/until.ts';
import { anUpstream, type Upstream } from './an-upstream.ts';
import type { Ports } from './free-ports.ts';
import { adminSecret, type RunningGatehouse, runGatehouse } from './running-gatehouse.ts';

/** A hub and an edge, each a process with a folder of its own; between the edge and the hub's admin API lies a link. */
let upstream: Upstream;
let hub: RunningGatehouse;
let link: TcpLink;
let edge: RunningGatehouse;

const secrets = { reporting: 'a secret of the job', edge: 'a secret of the edge' };

function apis(accept: string): string {
  const api = (name: string, rest: string): string => `
  ${name}:
    audience: https://${name}.example
    route: { path: /${name} }
    upstream: ${upstream.url}
    accept: [${accept}]
    rules: [{ methods: [GET], scopes: ['${name}:read'] }]
    forward: { identity: headers }
    ${rest}`;
  const isHub = accept === 'provider';
  return `apis:${api('orders', isHub ? 'tokens: { format: opaque }' : '')}${api('reports', isHub ? 'tokens: { format: jwt }' : '')}
`;
}

const hubConfig = ({ gateway, provider, admin }: Ports): string => `
gateway: { listen: 127.0.0.1:${gateway}, name: hub }
provider: { listen: 127.0.0.1:${provider}, issuer: http://127.0.0.1:${provider} }
admin: { listen: 127.0.0.1:${admin} }
store: sqlite:./data/gatehouse.db
${apis('provider')}
clients:
  - { id: reporting, secret: ${secrets.reporting}, grants: [client_credentials], scopes: ['orders:read', 'reports:read'] }
  - id: edge-1
    secret: ${secrets.edge}
    grants: [client_credentials]
    scopes: [gatehouse:follow]
    introspects: [orders, reports]
`;

const edgeConfig = ({ gateway, admin }: Pick<Ports, 'gateway' | 'admin'>): string => `
gateway: { listen: 127.0.0.1:${gateway}, name: edge-1 }
admin: { listen: 127.0.0.1:${admin}, metrics: open }
store: none
revocation:
  maxStaleness: 2s
  follow:
    url: http://127.0.0.1:${link.port}
    tokenEndpoint: ${hub.provider}/token
    client: { id: edge-1, secret: ${secrets.edge} }
issuers:
  hub:
    preset: oauth
    issuer: ${hub.provider}
    opaque: { gatehouse: true }
    introspection: { endpoint: ${hub.provider}/introspect, client: { id: edge-1, secret: ${secrets.edge} } }
${apis('hub')}
`;

before(async () => {
  upstream = await anUpstream();
  hub = await runGatehouse(hubConfig);
  link = await TcpLink.to(Number(new URL(hub.admin).port));
  edge = await runGatehouse(edgeConfig);
});

after(async () => {
  await edge?.remove();
  await link?.close();
  await hub?.remove();
  await upstream?.close();
});

function basicOf(client: string, secret: string): string {
  return `Basic ${Buffer.from(`${client}:${encodeURIComponent(secret)}`).toString('base64')}`;
}

async function tokenOf(client: string, secret: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(`${hub.provider}/token`, {
    method: 'POST',
    headers: { authorization: basicOf(client, secret) },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  });
  const body = (await response.json()) as { access_token?: string };
  return body.access_token ?? assert.fail(JSON.stringify(body));
}

const tokenFor = (api: string): Promise<string> =>
  tokenOf('reporting', secrets.reporting, { resource: `https://${api}.example`, scope: `${api}:read` });

async function call(
  gate: RunningGatehouse,
  api: string,
  token: string,
): Promise<[status: number, code: string | undefined]> {
  const response = await fetch(`${gate.gateway}/${api}`, { headers: { authorization: `Bearer ${token}` } });
  const body = (await response.json()) as { code?: string };
  return [response.status, body.code];
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered
async function revoke(body: object): Promise<any> {
  const secret = await adminSecret(hub.folder);
  const token = await tokenOf(bootstrapClientId, secret, { resource: adminAudience, scope: adminScope });
  const response = await fetch(`${hub.admin}/revocations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 201);
  return response.json();
}

test('A token of either kind passes at the edge, is revoked at the hub, and is refused at the edge when the receipt says so.', async () => {
  for (const api of ['orders', 'reports']) {
    const token = await tokenFor(api);
    assert.deepEqual(await call(edge, api, token), [200, undefined], api);
    const { receipt } = await revoke({ kind: 'token', token, wait: 5 });
    assert.equal(receipt.complete, true);
    const states = receipt.gateways.map(({ name, state }: { name: string; state: string }) => [name, state]);
    assert.deepEqual(states, [
      ['edge-1', 'applied'],
      ['hub', 'applied'],
    ]);
    assert.equal((await call(edge, api, token))[1], 'token_revoked', api);
    assert.deepEqual(await call(edge, api, await tokenFor(api)), [200, undefined]);
  }
});

test('What its client revokes at the hub is refused at the edge, too, by the name that only its issuer knew.', async () => {
  for (const api of ['orders', 'reports']) {
    const token = await tokenFor(api);
    assert.deepEqual(await call(edge, api, token), [200, undefined], api);
    const { status } = await fetch(`${hub.provider}/revoke`, {
      method: 'POST',
      headers: { authorization: basicOf('reporting', secrets.reporting) },
      body: new URLSearchParams({ token }),
    });
    assert.equal(status, 200);
    await until(async () => (await call(edge, api, token))[1] === 'token_revoked', 'revocation', 5000);
  }
});

test('An edge that is cut off refuses when it may have missed something, and has missed nothing when it is back.', async () => {
  const [token, other] = [await tokenFor('reports'), await tokenFor('reports')];
  assert.deepEqual(await call(edge, 'reports', token), [200, undefined]);
  assert.deepEqual(await call(edge, 'reports', other), [200, undefined]);
  link.fallSilent();
  await until(async () => (await call(edge, 'reports', token))[1] === 'revocations_stale', 'staleness', 5000);
  assert.equal((await fetch(`${edge.admin}/readyz`)).status, 503);
  const { receipt } = await revoke({ kind: 'token', token, wait: 5 });
  const { state } = receipt.gateways.find(({ name }: { name: string }) => name === 'edge-1');
  assert.deepEqual([receipt.complete, state], [true, 'silent']);
  link.recover();
  link.cut();
  await until(async () => (await call(edge, 'reports', other))[0] === 200, 'recovery', 10_000);
  assert.equal((await call(edge, 'reports', token))[1], 'token_revoked');
  assert.equal((await fetch(`${edge.admin}/readyz`)).status, 200);
});

test('The hub is restarted, and the edge goes on by itself.', async () => {
  const token = await tokenFor('orders');
  assert.deepEqual(await call(edge, 'orders', token), [200, undefined]);
  await hub.end('SIGKILL');
  await hub.restart();
  await revoke({ kind: 'token', token });
  await until(async () => (await call(edge, 'orders', token))[1] === 'token_revoked', 'revocation', 10_000);
});

test('The edge has its probes and metrics, and nothing else of the admin API.', async () => {
  assert.equal((await fetch(`${edge.admin}/livez`)).status, 200);
  assert.match(await (await fetch(`${edge.admin}/metrics`)).text(), /gatehouse_revocation_staleness_seconds/);
  for (const path of ['/revocations', '/clients', '/openapi.json']) {
    assert.equal((await fetch(edge.admin + path)).status, 404, path);
  }
});

test('An edge is not ready before it has heard from the hub, and says so; a role that needs a store is refused.', async () => {
  await edge.end('SIGTERM');
  link.fallSilent();
  link.cut();
  const starting = edge.restart().then(() => 'ready');
  await until(
    () =>
      fetch(`${edge.admin}/readyz`).then(
        ({ status }) => status === 503,
        () => false,
      ),
    'the probe',
    18_000,
  );
  await assert.rejects(fetch(`${edge.gateway}/orders`));
  link.recover();
  link.cut();
  assert.equal(await starting, 'ready');
  const { code, stderr } = await edge.command(['start', '--roles', 'gateway,provider']);
  assert.equal(code, 1);
  assert.match(stderr, /no store .*is asked for provider\. Remedy: leave out --roles/);
});
