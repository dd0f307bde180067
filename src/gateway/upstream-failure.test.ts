import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { aGateway, anApi, type RunningGateway, sendRaw } from '../../test/fixtures/a-gateway.ts';
import { serve, serveTcp } from '../../test/fixtures/a-server.ts';
import type { UpstreamTimeouts } from './gateway-options.ts';

const fields = 'Host: h\r\nAuthorization: Bearer good\r\nConnection: close\r\n';
const get = `GET /x HTTP/1.1\r\n${fields}\r\n`;
const post = `POST /x HTTP/1.1\r\n${fields}Content-Length: 2\r\n\r\nhi`;

const codeOf = (received: string): string | undefined => /"code":"(\w+)"/.exec(received)?.[1];

interface Failure {
  readonly title: string;
  /** What the upstream does with a connection. */
  readonly upstream: (socket: Socket) => void;
  readonly request: string;
  readonly timeouts?: UpstreamTimeouts;
  /** The client hangs up when this has come. */
  readonly leavesAt?: string | undefined;
  readonly expected: RegExp;
}

const failures: readonly Failure[] = [
  {
    title: 'an upstream that closes without a word',
    upstream: (socket) => void socket.once('data', () => socket.end()),
    request: post,
    expected: /^HTTP\/1\.1 502 [\s\S]*"code":"upstream_broken"/,
  },
  {
    title: 'an upstream that resets the connection',
    upstream: (socket) => void socket.once('data', () => socket.resetAndDestroy()),
    request: post,
    expected: /^HTTP\/1\.1 502 [\s\S]*"code":"upstream_broken"/,
  },
  {
    title: 'an upstream that speaks no HTTP',
    upstream: (socket) => void socket.once('data', () => socket.end('220 mail.example.com ESMTP\r\n\r\n')),
    request: post,
    expected: /^HTTP\/1\.1 502 [\s\S]*"code":"upstream_broken"/,
  },
  {
    title: 'an upstream whose answer has a framing of two minds',
    upstream: (socket) =>
      void socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'),
      ),
    request: post,
    expected: /^HTTP\/1\.1 502 [\s\S]*"code":"upstream_broken"/,
  },
  {
    title: 'an upstream that says nothing',
    upstream: (socket) => void socket.resume(),
    request: get,
    timeouts: { firstByteMs: 30 },
    expected: /^HTTP\/1\.1 504 [\s\S]*"code":"upstream_timeout"/,
  },
  {
    title: 'an upstream that breaks off midway',
    upstream: (socket) =>
      void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')),
    request: get,
    expected: /^(?:HTTP\/1\.1 200 OK[\s\S]*\r\n\r\n(?:half)?)?$/,
  },
  {
    title: 'an upstream that breaks off between chunks',
    upstream: (socket) =>
      void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n')),
    request: get,
    expected: /^(?:HTTP\/1\.1 200 OK[\s\S]*\r\n\r\n(?:4\r\nhalf\r\n)?)?$/,
  },
  {
    title: 'an upstream that falls silent midway',
    upstream: (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'));
    },
    request: get,
    timeouts: { idleMs: 30 },
    expected: /^(?:HTTP\/1\.1 200 OK[\s\S]*\r\n\r\n(?:half)?)?$/,
  },
  {
    title: 'a client that goes away before the answer',
    upstream: (socket) => void socket.resume(),
    request: get,
    leavesAt: '',
    expected: /^$/,
  },
  {
    title: 'a client that goes away within the answer',
    upstream: (socket) =>
      void socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')),
    request: get,
    leavesAt: 'half',
    expected: /half$/,
  },
  {
    title: 'a client that goes away within its request',
    upstream: (socket) => void socket.resume(),
    request: `POST /x HTTP/1.1\r\n${fields}Content-Length: 100\r\n\r\nhalf`,
    leavesAt: '',
    expected: /^$/,
  },
];

/** Sends a request, and hangs up when a text has come (or at once, a moment after sending). */
function sendAndLeave(port: number, request: string, leavesAt: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(request, () => {
        if (leavesAt === '') setTimeout(() => socket.destroy(), 10);
      }),
    );
    socket.setEncoding('latin1');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (leavesAt !== '' && received.endsWith(leavesAt)) socket.destroy();
    });
    socket.on('close', () => resolve(received));
  });
}

async function batch(gateway: RunningGateway, failure: Failure, times: number): Promise<void> {
  const { leavesAt, request, expected, timeouts } = failure;
  // Time-outs are looked for four times a second: those who wait, wait together.
  const atOnce = Math.min(times, timeouts === undefined ? 50 : 200);
  for (let done = 0; done < times; done += atOnce) {
    const answers = await Promise.all(
      Array.from({ length: atOnce }, () =>
        leavesAt === undefined ? sendRaw(gateway.port, request, 20_000) : sendAndLeave(gateway.port, request, leavesAt),
      ),
    );
    for (const answer of answers) assert.match(answer, expected, failure.title);
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const openSockets = (): number => process.getActiveResourcesInfo().filter((name) => /TCP.*Wrap/.test(name)).length;

/** An upstream's connection that was not broken is kept for four seconds. */
async function settled(quiet: number): Promise<number> {
  for (let i = 0; i < 300 && openSockets() > quiet; i++) await pause(20);
  return openSockets();
}

async function running(t: TestContext, failure: Failure): Promise<RunningGateway> {
  const upstream = await serveTcp(t, failure.upstream);
  return aGateway(t, [anApi(upstream, { timeouts: failure.timeouts })]);
}

for (const failure of failures) {
  test(`${failure.title} is answered, or cut off, as it should be`, async (t) => {
    await batch(await running(t, failure), failure, 1);
  });
}

test('all of these, a thousand times each and all at once, leave nothing behind', async (t) => {
  const gateways = await Promise.all(failures.map((failure) => running(t, failure)));
  const round = (times: number) => Promise.all(failures.map((failure, i) => batch(gateways[i]!, failure, times)));
  const quiet = openSockets();
  await round(100);
  await settled(quiet);
  const before = heapUsed();
  await round(1000);
  await gateways[0]?.finishes(1100 * failures.length);
  assert.ok((await settled(quiet)) <= quiet, `${openSockets()} sockets, ${quiet} before`);
  for (const { finished } of gateways) (finished as unknown[]).length = 0;
  const grown = heapUsed() - before;
  assert.ok(grown < 4 * 1024 * 1024, `${Math.round(grown / 1024)} KiB`);
});

test('an upstream that is not there is unreachable', async (t) => {
  const { port, finishes, finished } = await aGateway(t, [anApi(1)]);
  assert.equal(codeOf(await sendRaw(port, get)), 'upstream_unreachable');
  await finishes(1);
  assert.equal(finished[0]?.rejection?.facts['error'], 'ECONNREFUSED');
});

test('an upstream whose connection does not come to stand times out', async (t) => {
  const upstream = await serveTcp(t, (socket) => void socket.resume());
  const url = `https://127.0.0.1:${upstream}`;
  const { port } = await aGateway(t, [anApi(1, { upstream: { url }, timeouts: { connectMs: 50 } })]);
  assert.equal(codeOf(await sendRaw(port, get, 3_000)), 'upstream_timeout');
});

test('what an upstream says of its failure stays out of the answer', async (t) => {
  const { port } = await aGateway(t, [anApi(1)]);
  assert.doesNotMatch(await sendRaw(port, get), /127\.0\.0\.1|ECONN/);
});

test('a client that goes away cancels its request to the upstream', async (t) => {
  let closed: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const upstream = await serve(t, (_incoming, response) => void response.on('close', closed));
  const { port, finishes, finished } = await aGateway(t, [anApi(upstream)]);
  await sendAndLeave(port, get, '');
  await cancelled;
  await finishes(1);
  assert.equal(finished[0]?.status, undefined);
  assert.equal(finished[0]?.isAborted, true);
});

test('a kept connection that the upstream closes meanwhile costs no safe request', async (t) => {
  let connections = 0;
  const upstream = await serveTcp(t, (socket) => {
    const isFirst = connections++ === 0;
    let requests = 0;
    socket.on('data', () => {
      // The first connection takes one request, and breaks under the second without a word.
      if (isFirst && requests++ > 0) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  for (let i = 0; i < 2; i++) assert.match(await sendRaw(port, get), /^HTTP\/1\.1 200 OK/);
  assert.equal(connections, 2);
});

test('what is not safe is not sent twice', async (t) => {
  let requests = 0;
  const upstream = await serveTcp(t, (socket) => {
    socket.on('data', () => {
      requests++;
      socket.resetAndDestroy();
    });
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const remove = `DELETE /x HTTP/1.1\r\n${fields}\r\n`;
  assert.equal(codeOf(await sendRaw(port, remove)), 'upstream_broken');
  assert.equal(requests, 1);
});

test('an early answer reaches a client that is still sending', async (t) => {
  const upstream = await serve(t, (_incoming, response) => {
    response.writeHead(403, { Connection: 'close' }).end('enough');
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const head = `POST /x HTTP/1.1\r\n${fields}Content-Length: 10000000\r\n\r\n`;
  const received = await sendRaw(port, head + 'x'.repeat(100_000), 3_000);
  assert.match(received, /^HTTP\/1\.1 403 Forbidden\r\n[\s\S]*enough\r\n0\r\n\r\n$/);
});
