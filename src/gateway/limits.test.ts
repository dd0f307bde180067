import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { aGateway, anApi, sendRaw } from '../../test/fixtures/a-gateway.ts';
import { serve } from '../../test/fixtures/a-server.ts';
import { type ConnectionRefused, connectionRefused } from './channels.ts';

const head = 'Host: h\r\nAuthorization: Bearer good\r\nConnection: close\r\n';
const codeOf = (received: string): string =>
  `${/^HTTP\/1\.1 (\d+)/.exec(received)?.[1]} ${/"code":"(\w+)"/.exec(received)?.[1]}`;

test('a body that says it is too large is refused before it is sent on', async (t) => {
  const { port } = await aGateway(t, [anApi(1, { maxBodyBytes: 10 })]);
  const received = await sendRaw(port, `POST /x HTTP/1.1\r\n${head}Content-Length: 11\r\n\r\n${'x'.repeat(11)}`);
  assert.equal(codeOf(received), '413 body_too_large');
});

test('a body that turns out too large is refused when it does', async (t) => {
  let ended = false;
  const upstream = await serve(t, (incoming) => {
    incoming.resume().on('end', () => {
      ended = true;
    });
  });
  const { port } = await aGateway(t, [anApi(upstream, { maxBodyBytes: 10 })]);
  const chunks = '6\r\nsecond\r\n'.repeat(2);
  const received = await sendRaw(
    port,
    `POST /x HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`,
  );
  assert.equal(codeOf(received), '413 body_too_large');
  assert.equal(ended, false);
});

test('a body of just the allowed size passes', async (t) => {
  const upstream = await serve(t, (incoming, response) => void incoming.pipe(response));
  const { port } = await aGateway(t, [anApi(upstream, { maxBodyBytes: 10 })]);
  const received = await sendRaw(port, `POST /x HTTP/1.1\r\n${head}Content-Length: 10\r\n\r\n0123456789`);
  assert.match(received, /^HTTP\/1\.1 200 OK[\s\S]*0123456789/);
});

test('a target that is too long is refused', async (t) => {
  const { port } = await aGateway(t, [anApi(1)], { limits: { targetLength: 100 } });
  assert.equal(codeOf(await sendRaw(port, `GET /${'x'.repeat(100)} HTTP/1.1\r\n${head}\r\n`)), '414 target_too_long');
});

test('headers that are too many or too large are refused', async (t) => {
  const { port } = await aGateway(t, [anApi(1)], { limits: { headerCount: 20, headerBytes: 4096 } });
  const many = Array.from({ length: 20 }, (_, i) => `x-${i}: 1\r\n`).join('');
  assert.equal(codeOf(await sendRaw(port, `GET /x HTTP/1.1\r\n${head}${many}\r\n`)), '431 headers_too_large');
  const large = `x-large: ${'x'.repeat(4096)}\r\n`;
  assert.equal(codeOf(await sendRaw(port, `GET /x HTTP/1.1\r\n${head}${large}\r\n`)), '431 headers_too_large');
});

test('no header is dropped silently: what lies behind a thousand others still counts', async (t) => {
  const { port } = await aGateway(t, [anApi(1)], { limits: { headerCount: 5000, headerBytes: 64 * 1024 } });
  const many = 'a: 1\r\n'.repeat(2500);
  assert.equal(
    codeOf(await sendRaw(port, `GET /x HTTP/1.1\r\n${head}${many}Host: other\r\n\r\n`)),
    '400 request_malformed',
  );
});

test('who sends headers too slowly is refused', async (t) => {
  const refused: ConnectionRefused[] = [];
  t.after(connectionRefused.listen((message) => refused.push(message)));
  const { port } = await aGateway(t, [anApi(1)], { timeouts: { headersMs: 100 } });
  const socket = connect(port, '127.0.0.1', () => socket.write('GET /x HTTP/1.1\r\nHost: h\r\n'));
  const slowly = setInterval(() => socket.write('x-a: b\r\n'), 20);
  let received = '';
  socket.on('error', () => undefined);
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk;
    clearInterval(slowly);
  });
  await new Promise((resolve) => socket.on('close', resolve));
  assert.equal(codeOf(received), '408 request_timeout');
  assert.equal(refused[0]?.rejection.code, 'request_timeout');
  assert.equal(refused[0]?.peer, '127.0.0.1');
});

test('a request refused with a small body keeps its connection, with a large one it does not', async (t) => {
  const { port } = await aGateway(t, [anApi(1)]);
  const request = (length: number) =>
    `POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: ${length}\r\n\r\n${'x'.repeat(length)}`;
  const small = await sendRaw(port, request(1000) + request(1000), 300);
  assert.equal(small.match(/HTTP\/1\.1 401/g)?.length, 2);
  const large = await sendRaw(port, request(100_000), 3_000);
  assert.match(large, /^HTTP\/1\.1 401 [\s\S]*Connection: close\r\n/);
});

test('garbage behind a request does not spoil its answer', async (t) => {
  const upstream = await serve(t, (_incoming, response) => void setTimeout(() => response.end('ok'), 50));
  const { port } = await aGateway(t, [anApi(upstream)]);
  assert.match(await sendRaw(port, `GET /x HTTP/1.1\r\n${head}\r\n\x00\x01garbage`), /^HTTP\/1\.1 200 OK/);
});
