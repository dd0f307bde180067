import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { JWK } from 'jose';
import { startLab } from '../../../src/lab/start-lab.ts';
import { aSetEndpoint } from '../../fixtures/a-set-endpoint.ts';
import { until } from '../../store/until.ts';
import { anUpstream } from '../an-upstream.ts';
import type { Ports } from '../free-ports.ts';
import { type RunningGatehouse, runGatehouse } from '../running-gatehouse.ts';
import { audience, signalsConfig } from './signals-config.ts';

async function started(t: TestContext, config: (ports: Ports, upstream: string) => string): Promise<RunningGatehouse> {
  const upstream = await anUpstream();
  const gatehouse = await runGatehouse((ports) => config(ports, upstream.url));
  t.after(async () => {
    await gatehouse.remove();
    await upstream.close();
  });
  return gatehouse;
}

test('what was acknowledged to an issuer holds after kill -9', async (t) => {
  const lab = await startLab({ listen: { host: '127.0.0.1', port: 0 } });
  t.after(() => lab.close());
  const issuer = lab.issuer('keycloak');
  const gatehouse = await started(t, (ports, upstream) =>
    signalsConfig(ports, {
      upstream,
      issuers: `  keycloak: { preset: keycloak, issuer: "${issuer.identifier}" }`,
      signals: `  receivers: { kc: { issuer: keycloak, audience: "${audience}/signals", push: true } }`,
    }),
  );
  const people = Array.from({ length: 20 }, (_, n) => `person-${n}`);
  const tokens = await Promise.all(
    people.map((subject) => issuer.mint({ subject, audiences: [audience], scopes: ['orders:read'] })),
  );
  const call = async (token: string): Promise<number> =>
    (await fetch(`${gatehouse.gateway}/orders`, { headers: { authorization: `Bearer ${token}` } })).status;
  assert.deepEqual(new Set(await Promise.all(tokens.map(call))), new Set([200]));

  const sets = await Promise.all(
    people.map((subject) =>
      issuer.signal({
        kind: 'set',
        to: '',
        event: 'session-revoked',
        subject,
        session: undefined,
        audience: `${audience}/signals`,
        claims: {},
        authorization: undefined,
      }),
    ),
  );
  const push = (body: string): Promise<number> =>
    fetch(`${gatehouse.signals}/signals/kc`, {
      method: 'POST',
      headers: { 'content-type': 'application/secevent+jwt' },
      body,
    }).then(
      ({ status }) => status,
      () => 0,
    );
  const statuses = sets.map(push);
  // In the middle of it.
  await statuses[3];
  await gatehouse.end('SIGKILL');
  const acknowledged = (await Promise.all(statuses)).map((status) => status === 202);
  assert.ok(acknowledged.includes(true));

  await gatehouse.restart();
  const refused = (await Promise.all(tokens.map(call))).map((status) => status === 401);
  for (const [index, isAcknowledged] of acknowledged.entries())
    assert.ok(!isAcknowledged || refused[index], `${index}`);
  // The issuer sends again what was not acknowledged, and what was.
  assert.deepEqual(new Set(await Promise.all(sets.map(push))), new Set([202]));
  assert.deepEqual(new Set(await Promise.all(tokens.map(call))), new Set([401]));
});

test('what others were not told before kill -9, they are told after it', async (t) => {
  const client = { id: 'reporting', secret: 'a-secret-of-the-reporting-job' };
  const issuer = { url: '' };
  const endpoint = await aSetEndpoint(t, {
    get issuer() {
      return issuer.url;
    },
    audience: 'https://ledger.example',
    jwks: async () => (await (await fetch(`${issuer.url}/jwks`)).json()) as { keys: JWK[] },
  });
  const gatehouse = await started(t, (ports, upstream) => {
    issuer.url = `http://127.0.0.1:${ports.provider}`;
    return signalsConfig(ports, {
      upstream,
      issuers: '  {}',
      signals: `  transmit: { ledger: { endpoint: "${endpoint.url}", audience: "https://ledger.example" } }`,
      more: `clients: [{ id: ${client.id}, secret: "${client.secret}", grants: [client_credentials], scopes: [orders:read] }]`,
    });
  });
  const post = async (path: string, form: Record<string, string>): Promise<Response> =>
    fetch(`${gatehouse.provider}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: client.id, client_secret: client.secret, ...form }),
    });
  endpoint.faults.push(...Array.from({ length: 100 }, () => ({ status: 503 })));
  const tokens: string[] = [];
  for (let n = 0; n < 3; n++) {
    const answer = await post('/token', { grant_type: 'client_credentials', scope: 'orders:read', resource: audience });
    tokens.push(((await answer.json()) as { access_token: string }).access_token);
  }
  for (const token of tokens) assert.equal((await post('/revoke', { token })).status, 200);
  await until(() => endpoint.requests > 0);
  await gatehouse.end('SIGKILL');
  endpoint.faults.length = 0;
  assert.equal(endpoint.sets.length, 0);
  await gatehouse.restart();
  // The lease of the killed process has to run out first.
  await until(() => endpoint.sets.length === 3, 'all three are told', 45_000);
  assert.equal(new Set(endpoint.sets.map(({ jti }) => jti)).size, 3);
});
