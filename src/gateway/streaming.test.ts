import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { aGateway, anApi } from '../../test/fixtures/a-gateway.ts';
import { serve, serveTcp } from '../../test/fixtures/a-server.ts';

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;
const block = Buffer.alloc(MiB, 'x');

/** Writes so many bytes, no faster than they are taken. */
async function write(target: NodeJS.WritableStream, bytes: number): Promise<void> {
  for (let sent = 0; sent < bytes; sent += block.length) {
    if (!target.write(block)) await new Promise((resolve) => target.once('drain', resolve));
  }
}

/** How far memory rises above where it began, while something is under way. */
async function growth(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  await work();
  clearInterval(timer);
  return peak - before;
}

function send(
  port: number,
  method: string,
): { request: ReturnType<typeof httpRequest>; answer: Promise<IncomingMessage> } {
  const request = httpRequest({ port, method, path: '/x', headers: { authorization: 'Bearer good' } });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
  });
  return { request, answer };
}

const head = 'Host: h\r\nAuthorization: Bearer good\r\nConnection: close\r\n';

test('a gibibyte passes to the upstream, and memory stays flat', async (t) => {
  let received = 0;
  const upstream = await serveTcp(t, (socket) => {
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > GiB) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const grown = await growth(async () => {
    const client = connect(port, '127.0.0.1');
    client.write(`POST /x HTTP/1.1\r\n${head}Content-Length: ${GiB}\r\n\r\n`);
    await write(client, GiB);
    assert.match(await text(client), /^HTTP\/1\.1 200 OK/);
  });
  assert.ok(received > GiB && received < GiB + 1024);
  assert.ok(grown < 200 * MiB, `${Math.round(grown / MiB)} MiB`);
});

test('a gibibyte passes to the client, and memory stays flat', async (t) => {
  const upstream = await serveTcp(t, (socket) => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${GiB}\r\n\r\n`);
      void write(socket, GiB).then(() => socket.end());
    });
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  let received = 0;
  const grown = await growth(async () => {
    const client = connect(port, '127.0.0.1');
    client.write(`GET /x HTTP/1.1\r\n${head}\r\n`);
    for await (const chunk of client) received += (chunk as Buffer).length;
  });
  assert.ok(received > GiB && received < GiB + 1024);
  assert.ok(grown < 200 * MiB, `${Math.round(grown / MiB)} MiB`);
});

/** How much an upstream could send of an endless answer while its client read nothing. */
async function sentToIdleClient(t: TestContext): Promise<number> {
  let sent = 0;
  const upstream = await serve(t, (_incoming, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(block)) sent += block.length;
      sent += block.length;
    };
    response.on('drain', more);
    more();
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const client = connect(port, '127.0.0.1');
  client.pause();
  client.write('GET /x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\n\r\n');
  await pause(400);
  client.destroy();
  return sent;
}

test('an upstream is held back by a client that does not read', async (t) => {
  assert.ok((await sentToIdleClient(t)) < 32 * MiB);
});

test('a client is held back by an upstream that does not read', async (t) => {
  const upstream = await serve(t, (incoming) => void incoming.pause());
  const { port } = await aGateway(t, [anApi(upstream)]);
  const { request, answer } = send(port, 'POST');
  answer.catch(() => undefined);
  let sent = 0;
  void (async () => {
    while (!request.destroyed && sent < 64 * MiB) {
      sent += block.length;
      if (!request.write(block)) await new Promise((resolve) => request.once('drain', resolve));
    }
  })();
  await pause(400);
  request.destroy();
  assert.ok(sent < 32 * MiB, `${sent / MiB} MiB`);
});

test('events pass one by one, as they happen', async (t) => {
  let next: (event: string) => void = () => undefined;
  const upstream = await serve(t, (_incoming, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    next = (event) => response.write(`data: ${event}\n\n`);
  });
  const { origin } = await aGateway(t, [anApi(upstream)]);
  const abort = new AbortController();
  const response = await fetch(`${origin}/x`, { headers: { authorization: 'Bearer good' }, signal: abort.signal });
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  const reader = response.body?.getReader();
  for (const event of ['one', 'two', 'three']) {
    next(event);
    const { value } = (await reader?.read()) ?? {};
    assert.equal(Buffer.from(value ?? []).toString(), `data: ${event}\n\n`);
  }
  abort.abort();
});

test('an answer may begin before the request has ended', async (t) => {
  const upstream = await serve(t, (incoming, response) => void incoming.pipe(response));
  const { port } = await aGateway(t, [anApi(upstream)]);
  const { request, answer } = send(port, 'POST');
  request.write('ping');
  const response = await answer;
  const chunks = response[Symbol.asyncIterator]();
  assert.equal(String((await chunks.next()).value), 'ping');
  request.end('pong');
  assert.equal(String((await chunks.next()).value), 'pong');
  assert.equal((await chunks.next()).done, true);
});
