import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { serve, serveTcp } from '../../test/fixtures/a-server.ts';
import { createHttpClient } from './create-http-client.ts';

const megabyte = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function memory(): number {
  collectGarbage();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

test('of bodies of 50 MB, with and without a length, memory keeps nothing and holds little', async (t) => {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const port = await serve(t, (request, response) => {
    const total = 50 * megabyte;
    response.setHeader('content-type', 'application/json');
    if (request.url === '/length') response.setHeader('content-length', total);
    let sent = 0;
    const pump = (): void => {
      while (sent < total && !response.destroyed) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', pump);
      }
      response.end();
    };
    pump();
  });
  const http = createHttpClient();
  t.after(() => http.close());
  const before = memory();
  let peak = before;
  for (let round = 0; round < 20; round++) {
    const path = round % 2 === 0 ? 'length' : 'chunked';
    const answer = await http.getJson({ url: `http://127.0.0.1:${port}/${path}` });
    assert.ok(!answer.ok && answer.failure.code === 'too_large');
    peak = Math.max(peak, memory());
  }
  // A gigabyte was offered; what counts is at most one body within the limit, 1 MiB, and what the server here holds.
  assert.ok(peak - before < 10 * megabyte, `grew by ${Math.round((peak - before) / megabyte)} MB`);
});

test('a server that drips its headers meets the time limit', async (t) => {
  const port = await serveTcp(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write('x-drip: 1\r\n'), 10);
    socket.once('close', () => clearInterval(timer));
  });
  const http = createHttpClient({ timeout: 150 });
  t.after(() => http.close());
  const answer = await http.getJson({ url: `http://127.0.0.1:${port}/` });
  assert.ok(!answer.ok);
  assert.deepEqual([answer.failure.code, answer.failure.facts['milliseconds']], ['timeout', 150]);
});

test('hundreds of requests to a server that never answers end in time, over a bounded number of connections', async (t) => {
  let open = 0;
  let most = 0;
  // Counted where they are opened: a busy server sees the end of one much later.
  const count = (message: unknown): void => {
    most = Math.max(most, ++open);
    (message as { readonly socket: Socket }).socket.once('close', () => open--);
  };
  subscribe('net.client.socket', count);
  t.after(() => unsubscribe('net.client.socket', count));
  const port = await serveTcp(t, () => undefined);
  const http = createHttpClient({ timeout: 100 });
  t.after(() => http.close());
  const url = `http://127.0.0.1:${port}/`;
  const answers = await Promise.all(Array.from({ length: 600 }, () => http.getJson({ url })));
  for (const answer of answers) assert.ok(!answer.ok && answer.failure.code === 'timeout');
  assert.ok(most >= 200 && most <= 256, `${most} connections`);
});

test('who keeps a server waiting for as much as one may ask leaves room for others at the same server', async (t) => {
  const port = await serve(t, (request, response) => {
    if (request.url === '/slow') return;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const http = createHttpClient({ timeout: 2_000 });
  t.after(() => http.close());
  const stop = new AbortController();
  const { signal } = stop;
  const slow = Array.from({ length: 3 * 64 }, () => http.getJson({ url: `http://127.0.0.1:${port}/slow`, signal }));
  const neighbour = await http.getJson({ url: `http://127.0.0.1:${port}/`, timeout: 1_000 });
  stop.abort();
  await Promise.all(slow);
  assert.ok(neighbour.ok);
});
