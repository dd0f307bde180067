import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { aGateway, anApi, sendRaw } from '../../test/fixtures/a-gateway.ts';
import { serve, serveSecurely, serveTcp } from '../../test/fixtures/a-server.ts';
import { createAuthority } from '../../test/fixtures/certificates.ts';

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

test('HEAD is answered with the headers of GET, and nothing behind them', async (t) => {
  const upstream = await serve(t, (incoming, response) => {
    response.writeHead(200, { 'Content-Length': '1000', 'X-Method': incoming.method ?? '' }).end();
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const head = 'HEAD /x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\nConnection: close\r\n\r\n';
  const received = await sendRaw(port, head);
  assert.match(received, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(received, /^Content-Length: 1000\r$/m);
  assert.match(received, /^X-Method: HEAD\r$/m);
  assert.ok(received.endsWith('\r\n\r\n'));
});

test('fields that are for one hop stay on it, in both directions', async (t) => {
  let seen: readonly string[] = [];
  const upstream = await serveTcp(t, (socket) => {
    socket.on('data', (chunk) => {
      seen = chunk.toString('latin1').toLowerCase().split('\r\n');
      socket.end(
        [
          'HTTP/1.1 200 OK',
          'Connection: close, X-Hop',
          'X-Hop: upstream',
          'X-End: upstream',
          'Keep-Alive: timeout=99',
          'Proxy-Authenticate: Basic',
          'Upgrade: h2c',
          'Content-Length: 2',
          '\r\nok',
        ].join('\r\n'),
      );
    });
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const request = [
    'GET /x HTTP/1.1',
    'Host: h',
    'Authorization: Bearer good',
    'Connection: close, x-hop , TE',
    'X-Hop: client',
    'X-End: client',
    'TE: trailers',
    'Keep-Alive: 300',
    'Proxy-Connection: keep-alive',
    'Proxy-Authorization: Basic secret',
    'Trailer: x-sum',
    '\r\n',
  ].join('\r\n');
  const received = await sendRaw(port, request);
  assert.ok(seen.includes('x-end: client'));
  for (const name of ['x-hop', 'te', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'trailer']) {
    assert.ok(!seen.some((line) => line.startsWith(`${name}:`)), name);
  }
  assert.match(received, /^X-End: upstream\r$/m);
  assert.doesNotMatch(received, /X-Hop|timeout=99|Proxy-Authenticate|Upgrade/i);
});

test('interim answers are passed on, and trailers', async (t) => {
  const upstream = await serve(t, (_incoming, response) => {
    response.writeInformation(103, ['Link', '</style.css>; rel=preload', 'X-Early', '1']);
    response.write('body');
    response.addTrailers({ 'X-Sum': 'abc', 'Set-Cookie': 'a=b', 'Gatehouse-Subject': 'x' });
    response.end();
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const received = await sendRaw(
    port,
    'GET /x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\nConnection: close\r\n\r\n',
  );
  assert.match(
    received,
    /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/style\.css>; rel=preload\r\nX-Early: 1\r\n\r\nHTTP\/1\.1 200 OK/,
  );
  assert.match(received, /4\r\nbody\r\n0\r\nx-sum: abc\r\n\r\n$/);
  const old = await sendRaw(port, 'GET /x HTTP/1.0\r\nHost: h\r\nAuthorization: Bearer good\r\n\r\n');
  assert.match(old, /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nbody$/);
});

test('an answer that has no content promises none', async (t) => {
  const upstream = await serveTcp(t, (socket) => {
    socket.on('data', () => socket.end('HTTP/1.1 204 No Content\r\nContent-Length: 5\r\nX-Kept: 1\r\n\r\n'));
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const received = await sendRaw(port, 'GET /x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\n\r\n', 200);
  assert.match(received, /^HTTP\/1\.1 204 No Content\r\nX-Kept: 1\r\n/);
  assert.doesNotMatch(received, /content-length/i);
});

/** Sends the head, waits for an answer, then sends the body. @returns what came before the body, and all of it */
async function sendInTwo(port: number, head: string, body: string): Promise<{ before: string; all: string }> {
  const socket = connect(port, '127.0.0.1');
  let all = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    all += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(head);
  await pause(100);
  const before = all;
  if (!socket.destroyed) socket.write(body);
  if (!socket.closed) {
    await new Promise((resolve) => socket.setTimeout(300, () => resolve(socket.destroy())).on('close', resolve));
  }
  return { before, all };
}

const expecting = 'Host: h\r\nConnection: close\r\nContent-Length: 4\r\nExpect: 100-continue\r\n';

test('the decision comes before 100 Continue, and the body after it', async (t) => {
  let body = '';
  let expect: string | undefined;
  const upstream = await serve(t, (incoming, response) => {
    ({ expect } = incoming.headers);
    incoming.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    incoming.on('end', () => response.end('done'));
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const head = `POST /x HTTP/1.1\r\n${expecting}Authorization: Bearer good\r\n\r\n`;
  const { before, all } = await sendInTwo(port, head, 'body');
  assert.equal(before, 'HTTP/1.1 100 Continue\r\n\r\n');
  assert.match(all, /HTTP\/1\.1 200 OK/);
  assert.equal(body, 'body');
  assert.equal(expect, undefined);
});

test('who is refused is not asked to continue', async (t) => {
  const { port } = await aGateway(t, [anApi(1)]);
  const { before } = await sendInTwo(port, `POST /x HTTP/1.1\r\n${expecting}\r\n`, 'body');
  assert.match(before, /^HTTP\/1\.1 401 Unauthorized/);
  assert.match(before, /"code":"credential_missing"/);
  assert.match(before, /^Connection: close\r$/m);
});

test('an expectation that nobody knows is ignored', async (t) => {
  const upstream = await serve(t, (_incoming, response) => response.end('ok'));
  const { port } = await aGateway(t, [anApi(upstream)]);
  const head =
    'GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nExpect: a-miracle\r\nAuthorization: Bearer good\r\n\r\n';
  assert.match(await sendRaw(port, head), /^HTTP\/1\.1 200 OK/);
});

test('the path of the upstream is put before that of the request', async (t) => {
  let url = '';
  const upstream = await serve(t, (incoming, response) => {
    url = incoming.url ?? '';
    response.end();
  });
  const { origin } = await aGateway(t, [anApi(upstream, { upstream: { url: `http://127.0.0.1:${upstream}/base/` } })]);
  await fetch(`${origin}/orders/%7e1?x`, { headers: authorized });
  assert.equal(url, '/base/orders/~1?x');
});

test("the upstream is called by its own name, or by the client's where the API says so", async (t) => {
  const hosts: (string | undefined)[] = [];
  const upstream = await serve(t, (incoming, response) => {
    hosts.push(incoming.headers.host);
    response.end();
  });
  const url = `http://127.0.0.1:${upstream}`;
  const { port } = await aGateway(t, [
    anApi(upstream, { route: { path: '/own' } }),
    anApi(upstream, { route: { path: '/client' }, upstream: { url, preserveHost: true } }),
  ]);
  const fields = 'Host: Api.Example.com:81\r\nAuthorization: Bearer good\r\nConnection: close\r\n\r\n';
  for (const path of ['/own', '/client']) await sendRaw(port, `GET ${path} HTTP/1.1\r\n${fields}`);
  assert.deepEqual(hosts, [`127.0.0.1:${upstream}`, 'Api.Example.com:81']);
});

test('a host or path that no API serves is refused', async (t) => {
  const { port } = await aGateway(t, [anApi(1, { route: { hosts: ['api.example.com'], path: '/a' } })]);
  for (const [host, target] of [
    ['api.example.com', '/b'],
    ['www.example.com', '/a'],
    ['api.example.com', '*'],
  ]) {
    const head = `OPTIONS ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    assert.match(await sendRaw(port, head), /^HTTP\/1\.1 404 [\s\S]*"code":"route_unknown"/);
  }
});

test('an upstream behind https is called with the authority of its API', async (t) => {
  const authority = createAuthority();
  const upstream = await serveSecurely(t, authority.issue('localhost'), (_incoming, response) => response.end('ok'));
  const url = `https://localhost:${upstream}`;
  const { origin } = await aGateway(t, [
    anApi(1, { route: { path: '/known' }, upstream: { url, ca: authority.cert } }),
    anApi(1, { route: { path: '/unknown' }, upstream: { url } }),
  ]);
  assert.equal((await fetch(`${origin}/known`, { headers: authorized })).status, 200);
  const refused = await fetch(`${origin}/unknown`, { headers: authorized });
  assert.equal(refused.status, 502);
  assert.equal(((await refused.json()) as { code: string }).code, 'upstream_unreachable');
});

test('an answer keeps its fields in order, repeated ones too', async (t) => {
  const upstream = await serve(t, (_incoming, response) => {
    response
      .writeHead(200, ['Set-Cookie', 'a=1; Path=/', 'X-One', '1', 'Set-Cookie', 'b=2', 'Content-Length', '0'])
      .end();
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const received = await sendRaw(port, 'GET /x HTTP/1.0\r\nHost: h\r\nAuthorization: Bearer good\r\n\r\n');
  assert.match(received, /\r\nSet-Cookie: a=1; Path=\/\r\nX-One: 1\r\nSet-Cookie: b=2\r\n/);
});
