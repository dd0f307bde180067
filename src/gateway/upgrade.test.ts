import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { aGateway, anApi, type RunningGateway, sendRaw } from '../../test/fixtures/a-gateway.ts';
import { serve, serveTcp } from '../../test/fixtures/a-server.ts';
import { type TunnelClosed, tunnelClosed } from './channels.ts';
import type { GatewayApi } from './gateway-options.ts';

const handshake = [
  'GET /chat?room=1 HTTP/1.1',
  'Host: api.example.com',
  'Authorization: Bearer good',
  'Connection: keep-alive, Upgrade',
  'Upgrade: WebSocket',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n');

const switching = [
  'HTTP/1.1 101 Switching Protocols',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
  '\r\n',
].join('\r\n');

interface Chat {
  readonly gateway: RunningGateway;
  readonly client: Socket;
  readonly upstream: Socket;
  /** What came to the client and to the upstream behind the handshake. */
  readonly heard: { client: string; upstream: string };
  readonly request: string;
}

/** Why tunnels were closed since; those of earlier tests may still be among them. */
function closings(t: TestContext): readonly TunnelClosed['reason'][] {
  const reasons: TunnelClosed['reason'][] = [];
  t.after(tunnelClosed.listen(({ reason }) => reasons.push(reason)));
  return reasons;
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 300 && !condition(); i++) await pause(10);
  assert.ok(condition());
}

/** Two ends that have shaken hands through a gateway. */
async function aChat(t: TestContext, facts: Partial<GatewayApi> = {}, early = ''): Promise<Chat> {
  const heard = { client: '', upstream: '' };
  let request = '';
  let upstream: Socket | undefined;
  const port = await serveTcp(t, (socket) => {
    upstream = socket;
    socket.allowHalfOpen = true;
    socket.setEncoding('latin1');
    socket.once('data', (chunk: string) => {
      request = chunk;
      socket.on('data', (more: string) => {
        heard.upstream += more;
      });
      socket.write(switching);
    });
  });
  const gateway = await aGateway(t, [anApi(port, facts)]);
  const client = connect({ port: gateway.port, host: '127.0.0.1', allowHalfOpen: true });
  client.on('error', () => undefined);
  client.setEncoding('latin1');
  client.write(handshake + early);
  let answer = '';
  client.on('data', (chunk: string) => {
    answer += chunk;
    heard.client = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  });
  await until(() => answer.includes('\r\n\r\n') && upstream !== undefined);
  assert.match(answer, /^HTTP\/1\.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n/);
  assert.match(answer, /Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/);
  t.after(() => client.destroy());
  return { gateway, client, upstream: upstream!, heard, request };
}

test('after the decision two sockets are joined, and bytes pass both ways', async (t) => {
  const { client, upstream, heard, request, gateway } = await aChat(t);
  assert.match(request, /^GET \/chat\?room=1 HTTP\/1\.1\r\n/);
  assert.match(request, /^connection: upgrade\r\nupgrade: websocket\r$/m);
  assert.match(request, /^Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r$/m);
  assert.match(request, /^gatehouse-subject: mira\r$/m);
  assert.doesNotMatch(request, /^authorization/im);
  client.write('ping');
  upstream.write('pong');
  await until(() => heard.upstream === 'ping' && heard.client === 'pong');
  await gateway.finishes(1);
  assert.equal(gateway.finished[0]?.status, 101);
  assert.equal(gateway.finished[0]?.face, 'upgrade');
  assert.equal(gateway.finished[0]?.isAborted, false);
});

test('what a client sends right behind its handshake is not lost', async (t) => {
  const { heard } = await aChat(t, {}, 'early');
  await until(() => heard.upstream === 'early');
});

test('either end may stop sending and still listen', async (t) => {
  const closed = closings(t);
  const { client, upstream, heard } = await aChat(t);
  client.end('last words');
  await until(() => heard.upstream === 'last words');
  await pause(50);
  upstream.write('still here');
  await until(() => heard.client === 'still here');
  upstream.end();
  await until(() => client.closed && closed.includes('ended'));
});

test('an end that breaks takes the other with it', async (t) => {
  const closed = closings(t);
  const { client, upstream } = await aChat(t);
  upstream.resetAndDestroy();
  await until(() => client.closed && closed.includes('broken'));
});

test('a silent tunnel is closed', async (t) => {
  const closed = closings(t);
  const { client } = await aChat(t, { timeouts: { idleMs: 50 } });
  await until(() => client.readableEnded && closed.includes('idle'));
});

test('an upstream that will not upgrade says so to the client', async (t) => {
  const upstream = await serve(t, (incoming, response) => {
    response.writeHead(426, { 'X-Saw': String(incoming.headers['sec-websocket-version']) }).end('not here');
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const received = await sendRaw(port, handshake);
  assert.match(received, /^HTTP\/1\.1 426 Upgrade Required\r\n/);
  assert.match(received, /^X-Saw: 13\r$/m);
  assert.match(received, /not here/);
  assert.match(received, /^Connection: close\r$/m);
});

test('who is refused is not upgraded', async (t) => {
  let connections = 0;
  const upstream = await serveTcp(t, () => void connections++);
  const { port, finishes, finished } = await aGateway(t, [anApi(upstream)]);
  const received = await sendRaw(port, handshake.replace('good', 'bad'));
  assert.match(received, /^HTTP\/1\.1 401 [\s\S]*"code":"token_inactive"/);
  assert.equal(connections, 0);
  await finishes(1);
  assert.equal(finished[0]?.status, 401);
});

test('an upstream that cannot be reached refuses an upgrade too', async (t) => {
  const { port } = await aGateway(t, [anApi(1)]);
  assert.match(await sendRaw(port, handshake), /^HTTP\/1\.1 502 [\s\S]*"code":"upstream_unreachable"/);
});

test('a handshake that is no GET is no handshake', async (t) => {
  let seen = '';
  const upstream = await serveTcp(t, (socket) => {
    socket.on('data', (chunk) => {
      seen += chunk;
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  await sendRaw(port, handshake.replace('GET', 'POST'), 200);
  assert.doesNotMatch(seen, /^upgrade:|connection: upgrade/im);
});
