import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { aGateway, anApi, sendRaw } from '../../test/fixtures/a-gateway.ts';
import { serve } from '../../test/fixtures/a-server.ts';

const authorized = { authorization: 'Bearer good' };

test('a request with a good token reaches the upstream, and its answer the client', async (t) => {
  const seen: IncomingMessage[] = [];
  const upstream = await serve(t, (incoming, response) => {
    seen.push(incoming);
    response.writeHead(201, { 'X-From': 'upstream' }).end('hello');
  });
  const { origin, finishes, finished } = await aGateway(t, [anApi(upstream)]);
  const response = await fetch(`${origin}/orders?a=b`, { headers: authorized });
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('x-from'), 'upstream');
  assert.equal(await response.text(), 'hello');
  assert.equal(seen[0]?.url, '/orders?a=b');
  await finishes(1);
  const [message] = finished;
  assert.equal(message?.status, 201);
  assert.equal(message?.path, '/orders');
  assert.equal(message?.bytesOut, 5);
  assert.equal(message?.isAborted, false);
  assert.equal(message?.caller?.subject, 'mira');
  assert.equal(message?.requestId, response.headers.get('x-request-id'));
});

test('a request without a token is refused with a challenge and a problem', async (t) => {
  const { origin } = await aGateway(t, [anApi(1)]);
  const response = await fetch(`${origin}/orders`);
  assert.equal(response.status, 401);
  assert.equal(response.headers.get('www-authenticate'), 'Bearer realm="gatehouse"');
  const problem = (await response.json()) as Record<string, unknown>;
  assert.equal(problem['code'], 'credential_missing');
  assert.equal(problem['request_id'], response.headers.get('x-request-id'));
});

test('two requests share a connection on both sides', async (t) => {
  const ports = new Set<number | undefined>();
  const upstream = await serve(t, (incoming, response) => {
    ports.add(incoming.socket.remotePort);
    response.end('ok');
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const request = 'GET /a HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\n\r\n';
  const last = request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');
  const received = await sendRaw(port, request + last);
  assert.equal(received.match(/HTTP\/1\.1 200/g)?.length, 2);
  assert.equal(ports.size <= 2, true);
});
