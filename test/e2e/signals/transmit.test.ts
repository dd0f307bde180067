import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import type { JWK } from 'jose';
import { aSetEndpoint, type SetEndpoint } from '../../fixtures/a-set-endpoint.ts';
import { until } from '../../store/until.ts';
import { anUpstream, type Upstream } from '../an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from '../assembled-gatehouse.ts';
import { audience, signalsConfig } from './signals-config.ts';

const receiver = 'https://ledger.example';
const client = { id: 'reporting', secret: 'a secret of the reporting job' };
let upstream: Upstream;

before(async () => {
  upstream = await anUpstream();
});
after(() => upstream?.close());

async function jwksOf(origin: string): Promise<{ keys: JWK[] }> {
  return (await (await fetch(`${origin}/jwks`)).json()) as { keys: JWK[] };
}

/** A Gatehouse that tells one receiver, and that receiver, whose issuer is known only once the ports are. */
async function aHouse(t: TestContext) {
  const issuer = { url: '' };
  const endpoint = await aSetEndpoint(t, {
    get issuer() {
      return issuer.url;
    },
    audience: receiver,
    jwks: () => jwksOf(issuer.url),
  });
  const gatehouse = await assembleGatehouse((ports) => {
    issuer.url = `http://127.0.0.1:${ports.provider}`;
    return signalsConfig(ports, {
      upstream: upstream.url,
      issuers: '  {}',
      signals: `
  transmit: { ledger: { endpoint: "${endpoint.url}", token: s3cret, audience: "${receiver}" } }`,
      more: `
clients: [{ id: ${client.id}, secret: "${client.secret}", grants: [client_credentials], scopes: [orders:read] }]`,
    });
  });
  t.after(() => gatehouse.remove());
  return { gatehouse, endpoint };
}

async function takeToken({ provider }: AssembledGatehouse): Promise<string> {
  const form = { grant_type: 'client_credentials', scope: 'orders:read', resource: audience };
  const authorization = `Basic ${Buffer.from(`${client.id}:${encodeURIComponent(client.secret)}`).toString('base64')}`;
  const response = await fetch(`${provider}/token`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(form),
  });
  const { access_token } = (await response.json()) as { access_token: string };
  assert.ok(access_token);
  return access_token;
}

async function revoke({ provider }: AssembledGatehouse, token: string): Promise<void> {
  const body = new URLSearchParams({ token, client_id: client.id, client_secret: client.secret });
  assert.equal((await fetch(`${provider}/revoke`, { method: 'POST', body })).status, 200);
}

function verify({ provider }: AssembledGatehouse, body: unknown, token = 's3cret'): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(`${provider}/ssf/verify`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** The one event type of a SET. */
function typeOf(set: SetEndpoint['sets'][number] | undefined): string {
  return (
    Object.keys(set?.['events'] as object)[0]
      ?.split('/')
      .at(-1) ?? ''
  );
}

test('who checks our tokens by himself hears that one was revoked, by its `jti`', async (t) => {
  const { gatehouse, endpoint } = await aHouse(t);
  await revoke(gatehouse, await takeToken(gatehouse));
  await until(() => endpoint.sets.length === 1);
  const [set] = endpoint.sets;
  assert.equal(typeOf(set), 'token-revoked');
  const { jti, ...rest } = { jti: '', ...(set?.['sub_id'] as object) };
  assert.deepEqual(rest, { format: 'jwt_id', iss: gatehouse.provider });
  assert.notEqual(jti, '');
  assert.deepEqual(endpoint.authorizations, ['Bearer s3cret']);
});

test('receivers find the transmitter, and see by a verification that they are connected', async (t) => {
  const { gatehouse, endpoint } = await aHouse(t);
  const response = await fetch(`${gatehouse.provider}/.well-known/ssf-configuration`);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  const metadata = (await response.json()) as Record<string, unknown>;
  assert.equal(metadata['issuer'], gatehouse.provider);
  assert.equal(metadata['spec_version'], '1_0');
  assert.deepEqual(metadata['delivery_methods_supported'], ['urn:ietf:rfc:8935']);
  assert.equal((await fetch(String(metadata['jwks_uri']))).status, 200);
  assert.equal(metadata['verification_endpoint'], `${gatehouse.provider}/ssf/verify`);

  assert.equal((await verify(gatehouse, { stream_id: 'ledger', state: 'a state' }, 'wrong')).status, 401);
  assert.equal((await verify(gatehouse, { stream_id: 'other', state: 'a state' })).status, 404);
  assert.equal((await verify(gatehouse, { stream_id: 'ledger', state: 7 })).status, 400);
  assert.equal((await verify(gatehouse, [])).status, 400);
  assert.equal((await verify(gatehouse, { stream_id: 'ledger', state: 'a state' })).status, 204);
  assert.equal((await verify(gatehouse, { stream_id: 'ledger', state: 'too soon' })).status, 429);
  await until(() => endpoint.sets.length === 1);
  const [set] = endpoint.sets;
  assert.deepEqual(set?.['sub_id'], { format: 'opaque', id: 'ledger' });
  assert.deepEqual(set?.['events'], {
    'https://schemas.openid.net/secevent/ssf/event-type/verification': { state: 'a state' },
  });
});

test('a SET that we send opens no gate of ours', async (t) => {
  const { gatehouse, endpoint } = await aHouse(t);
  await revoke(gatehouse, await takeToken(gatehouse));
  await until(() => endpoint.raw.length === 1);
  const headers = { authorization: `Bearer ${endpoint.raw[0]}` };
  const response = await fetch(`${gatehouse.gateway}/orders`, { headers });
  assert.deepEqual(
    [response.status, ((await response.json()) as { code: string }).code],
    [401, 'token_type_not_accepted'],
  );
});

test('without receivers there is no transmitter to be found', async (t) => {
  const gatehouse = await assembleGatehouse((ports) =>
    signalsConfig(ports, { upstream: upstream.url, issuers: '  {}', signals: '  transmit: {}' }),
  );
  t.after(() => gatehouse.remove());
  assert.equal((await fetch(`${gatehouse.provider}/.well-known/ssf-configuration`)).status, 404);
});
