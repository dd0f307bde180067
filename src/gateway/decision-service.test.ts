import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aGateway, anAccess, anApi, sendRaw } from '../../test/fixtures/a-gateway.ts';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import type { AccessRequest } from '../protocol/access-request.ts';
import type { GatewayApi } from './gateway-options.ts';

interface Asked {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly judged: AccessRequest | undefined;
}

/** Asks for a decision with these lines; Host and what ends the head are added. */
async function ask(
  t: TestContext,
  lines: readonly string[],
  facts: Partial<GatewayApi> = {},
  trustedProxies: readonly string[] = ['127.0.0.1'],
): Promise<Asked> {
  const judged: AccessRequest[] = [];
  const access = anAccess(aPrincipal({ client: undefined }), judged);
  const signer = { issuer: 'https://gate.example', sign: () => 'header.payload.signature' };
  const route = { hosts: ['api.example.com'], path: '/orders' };
  const { port } = await aGateway(t, [anApi(1, { route, ...facts })], { access, signer, trustedProxies });
  const [requestLine = '', ...fields] = lines;
  const host = fields.some((line) => line.startsWith('Host:')) ? [] : ['Host: gate.internal:8080'];
  const received = await sendRaw(port, [requestLine, ...host, ...fields, 'Connection: close', '\r\n'].join('\r\n'));
  const end = received.indexOf('\r\n\r\n');
  const [statusLine = '', ...headers] = received.slice(0, end).split('\r\n');
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: new Map(
      headers.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.split(': ')[1] ?? '']),
    ),
    body: received.slice(end + 4),
    judged: judged[0],
  };
}

const good = 'Authorization: Bearer good';
const byNginx = [
  'X-Original-Method: DELETE',
  'X-Original-URI: /orders/%7e1?a=b',
  'X-Original-Host: API.example.com:81',
];
const byTraefik = [
  'X-Forwarded-Method: DELETE',
  'X-Forwarded-Proto: https',
  'X-Forwarded-Host: api.example.com',
  'X-Forwarded-Uri: /orders/~1?a=b',
  'X-Forwarded-For: 203.0.113.9',
];
const byIngress = [
  'X-Original-Method: DELETE',
  'X-Original-URL: https://api.example.com/orders/~1?a=b',
  'X-Forwarded-Host: other.example.com',
];

for (const [proxy, lines] of [
  ['nginx', ['GET /decide HTTP/1.1', ...byNginx]],
  ['Traefik and Caddy', ['GET /decide HTTP/1.1', ...byTraefik]],
  ['ingress-nginx', ['GET /decide HTTP/1.1', ...byIngress]],
  ['Envoy', ['DELETE /decide/orders/~1?a=b HTTP/1.1', 'Host: api.example.com']],
  ['a proxy that asks by HEAD', ['HEAD /decide HTTP/1.1', ...byNginx]],
  ['a proxy that asks by POST', ['POST /decide HTTP/1.1', ...byNginx, 'Content-Length: 0']],
] as const) {
  test(`the original request is judged as ${proxy} tells it`, async (t) => {
    const { status, headers, judged, body } = await ask(t, [...lines, good]);
    assert.equal(status, 200);
    assert.equal(judged?.method, 'DELETE');
    assert.equal(judged?.host, 'api.example.com');
    assert.equal(judged?.path, '/orders/~1');
    assert.equal(judged?.query, 'a=b');
    assert.equal(headers.get('gatehouse-subject'), 'mira');
    assert.equal(headers.get('gatehouse-client'), undefined);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(body, '');
  });
}

test('Envoy is told which fields of the client to take away', async (t) => {
  const { headers } = await ask(t, ['GET /decide/orders HTTP/1.1', 'Host: api.example.com', good]);
  const removed = headers.get('x-envoy-auth-headers-to-remove')?.split(',');
  assert.deepEqual(removed, ['authorization', 'dpop', 'gatehouse-client', 'gatehouse-consumer']);
});

test('the phantom token is handed over in Authorization', async (t) => {
  const identity = { kind: 'jwt', audience: 'orders' } as const;
  const { headers } = await ask(t, ['GET /decide HTTP/1.1', ...byNginx, good], { identity });
  assert.equal(headers.get('authorization'), 'Bearer header.payload.signature');
});

test('a refusal is the same that the gateway itself gives', async (t) => {
  const { status, headers, body } = await ask(t, ['GET /decide HTTP/1.1', ...byNginx, 'Authorization: Bearer bad']);
  assert.equal(status, 401);
  assert.match(headers.get('www-authenticate') ?? '', /^Bearer realm="gatehouse", error="invalid_token"/);
  assert.equal((JSON.parse(body) as { code: string }).code, 'token_inactive');
  assert.equal((await ask(t, ['GET /decide HTTP/1.1', ...byNginx])).status, 401);
});

test('a peer that is not a trusted proxy learns nothing', async (t) => {
  const { status, body, judged } = await ask(t, ['GET /decide HTTP/1.1', ...byNginx, good], {}, []);
  assert.equal(status, 403);
  assert.equal((JSON.parse(body) as { code: string }).code, 'proxy_untrusted');
  assert.equal(judged, undefined);
});

test('a preflight needs a token here: its answer is not ours to give', async (t) => {
  const lines = [
    'X-Original-Method: OPTIONS',
    ...byNginx.slice(1),
    'Origin: https://app.example',
    'Access-Control-Request-Method: GET',
  ];
  const cors = { origins: ['https://app.example'] };
  assert.equal((await ask(t, ['GET /decide HTTP/1.1', ...lines], { cors })).status, 401);
});

for (const [title, lines, status] of [
  ['no original request', [], 400],
  ['a method without a URI', byNginx.slice(0, 1), 400],
  ['a URI without a method', byNginx.slice(1, 2), 400],
  ['a forwarded URI without a method', byTraefik.slice(2, 4), 400],
  ['a host alone', byNginx.slice(2), 400],
  ['two families that agree', [...byNginx, 'X-Forwarded-Method: DELETE', 'X-Forwarded-Uri: /orders/~1?a=b'], 400],
  ['a URI of the client beside that of the proxy', [...byNginx, 'X-Forwarded-Uri: /public'], 400],
  ['a method of the client beside that of the proxy', [...byTraefik, 'X-Original-Method: GET'], 400],
  ['a URI told twice', [...byNginx, 'X-Original-URI: /orders'], 400],
  ['a URI and a URL', [...byNginx, 'X-Original-URL: https://api.example.com/orders'], 400],
  ['a URL that names another host', [...byIngress.slice(0, 2), 'X-Original-Host: evil.example'], 400],
  ['a traversal', [byNginx[0]!, 'X-Original-URI: /orders/..%2fadmin', byNginx[2]!], 400],
  ['a URI that is none', [byNginx[0]!, 'X-Original-URI: orders', byNginx[2]!], 400],
  ['a host that is none', [byNginx[0]!, byNginx[1]!, 'X-Original-Host: a, b'], 400],
  ['CONNECT', ['X-Original-Method: CONNECT', byNginx[1]!, byNginx[2]!], 400],
  ['a method that is none', ['X-Original-Method: GET /', byNginx[1]!, byNginx[2]!], 400],
  ['a route that nobody serves', [byNginx[0]!, 'X-Original-URI: /admin', byNginx[2]!], 404],
  ['a host that nobody serves', [byNginx[0]!, byNginx[1]!, 'X-Original-Host: evil.example'], 404],
] as const) {
  test(`${title} is not let in`, async (t) => {
    const asked = await ask(t, ['GET /decide HTTP/1.1', ...lines, good]);
    assert.equal(asked.status, status);
    assert.equal(asked.judged, undefined);
  });
}

test('the path of the request and the words of the proxy must not both speak', async (t) => {
  const asked = await ask(t, ['GET /decide/public HTTP/1.1', ...byNginx, good]);
  assert.equal(asked.status, 400);
});
