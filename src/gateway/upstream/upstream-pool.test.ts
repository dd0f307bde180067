import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { serveTcp } from '../../../test/fixtures/a-server.ts';
import { UpstreamPool } from './upstream-pool.ts';
import type { UpstreamRequest } from './upstream-request.ts';

const get: UpstreamRequest = {
  method: 'GET',
  target: '/x',
  host: undefined,
  fieldLines: 'x-a: b\r\n',
  body: undefined,
  contentLength: undefined,
  isUpgrade: false,
  firstByteMs: 5_000,
  silenceMs: 5_000,
};

interface Running {
  readonly pool: UpstreamPool;
  readonly port: number;
  /** What came over each connection so far. */
  readonly connections: string[];
}

/** @param answer what the upstream does with the bytes that have just come, the nth time that any come over it */
async function aPool(t: TestContext, answer: (socket: Socket, nth: number, bytes: string) => void): Promise<Running> {
  const connections: string[] = [];
  const port = await serveTcp(t, (socket) => {
    const index = connections.push('') - 1;
    let nth = 0;
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      connections[index] += bytes.toString('latin1');
      answer(socket, nth++, bytes.toString('latin1'));
    });
  });
  const pool = new UpstreamPool({ origin: `http://127.0.0.1:${port}`, ca: undefined, connectMs: 5_000 });
  t.after(() => pool.destroy());
  return { pool, port, connections };
}

/** @returns the status and the body, or the code of what went wrong */
function ask({ pool }: Running, facts: Partial<UpstreamRequest> = {}): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    pool.dispatch(
      { ...get, ...facts },
      {
        onSend: () => undefined,
        onFirstByte: () => undefined,
        onHead({ status }) {
          text += `${status} `;
        },
        onBody(bytes) {
          text += bytes.toString('latin1');
        },
        onPause: () => true,
        onSwitch: (_head, socket) => void socket.destroy(),
        onEnd: () => resolve(text),
        onError: (error) => resolve((error as NodeJS.ErrnoException).code ?? error.name),
      },
    );
  });
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

test('one request after the other goes over one connection, as it is', async (t) => {
  const running = await aPool(t, (socket) => socket.write(ok));
  for (let i = 0; i < 3; i++) assert.equal(await ask(running), '200 ok');
  const head = `GET /x HTTP/1.1\r\nhost: 127.0.0.1:${running.port}\r\nconnection: keep-alive\r\nx-a: b\r\n\r\n`;
  assert.deepEqual(running.connections, [head.repeat(3)]);
});

test('requests at once have a connection each', async (t) => {
  const running = await aPool(t, (socket) => socket.write(ok));
  assert.deepEqual(await Promise.all([ask(running), ask(running)]), ['200 ok', '200 ok']);
  assert.equal(running.connections.length, 2);
});

test('what comes over an idle connection is no answer to the next request', async (t) => {
  const poison = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison';
  const running = await aPool(t, (socket, nth) => {
    socket.write(ok);
    if (nth === 0) setTimeout(() => socket.write(poison), 20);
  });
  assert.equal(await ask(running), '200 ok');
  await pause(60);
  assert.equal(await ask(running), '200 ok');
  assert.equal(running.connections.length, 2);
});

test('an answer with another one behind it is the last of its connection', async (t) => {
  const running = await aPool(t, (socket) => socket.write(ok + ok));
  for (let i = 0; i < 2; i++) assert.equal(await ask(running), '200 ok');
  assert.equal(running.connections.length, 2);
});

const unkept: Readonly<Record<string, { answer: string; method?: string }>> = {
  'HEAD, which might yet get a body': { answer: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n', method: 'HEAD' },
  '304 that tells of a body': { answer: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n' },
  'Connection: close': { answer: 'HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nok' },
  'HTTP/1.0': { answer: 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok' },
  'an upstream that closes soon': { answer: ok.replace('\r\n', '\r\nKeep-Alive: timeout=2\r\n') },
};

for (const [title, { answer, method = 'GET' }] of Object.entries(unkept)) {
  test(`a connection is not kept after ${title}`, async (t) => {
    const running = await aPool(t, (socket) => socket.write(answer));
    for (let i = 0; i < 2; i++) assert.match(await ask(running, { method }), /^[23]0/);
    assert.equal(running.connections.length, 2);
  });
}

test('a connection is kept after 204 and 304 without length', async (t) => {
  const statuses = ['204 No Content', '304 Not Modified'];
  const running = await aPool(t, (socket, nth) => socket.write(`HTTP/1.1 ${statuses[nth]}\r\n\r\n`));
  for (const status of statuses) assert.equal(await ask(running), `${status.slice(0, 3)} `);
  assert.equal(running.connections.length, 1);
});

test('a body goes with its length, or in chunks', async (t) => {
  const running = await aPool(t, (socket, _nth, bytes) => {
    if (/hello$|\r\n0\r\n\r\n$/.test(bytes)) socket.write(ok);
  });
  assert.equal(await ask(running, { method: 'POST', body: pieces('hello'), contentLength: 5 }), '200 ok');
  assert.equal(await ask(running, { method: 'POST', body: pieces('he', '', 'llo') }), '200 ok');
  const sent = running.connections.join('');
  assert.match(sent, /\r\ncontent-length: 5\r\nx-a: b\r\n\r\nhelloPOST/);
  assert.match(sent, /\r\ntransfer-encoding: chunked\r\nx-a: b\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n$/);
});

test('a POST without body says so', async (t) => {
  const running = await aPool(t, (socket) => socket.write(ok));
  assert.equal(await ask(running, { method: 'POST' }), '200 ok');
  assert.match(running.connections[0]!, /\r\ncontent-length: 0\r\n/);
});

test('a body that is not as long as announced ends the connection', async (t) => {
  const running = await aPool(t, () => undefined);
  const send = (body: AsyncGenerator<Buffer>) => ask(running, { method: 'POST', body, contentLength: 3 });
  assert.equal(await send(pieces('abcd')), 'body_mismatch');
  assert.equal(await send(pieces('ab')), 'body_mismatch');
  assert.ok(!running.connections.join('').includes('abcd'));
});

test('an upgrade that nobody asked for is no answer', async (t) => {
  const running = await aPool(t, (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  assert.equal(await ask(running), 'malformed');
});

test('an upstream that says nothing, or stops midway, is given up', async (t) => {
  const running = await aPool(t, (socket, _nth, bytes) => {
    if (bytes.startsWith('GET /half')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
  });
  assert.equal(await ask(running, { firstByteMs: 20 }), 'answer_timeout');
  assert.equal(await ask(running, { target: '/half', silenceMs: 20 }), 'silence_timeout');
});

test('a head that comes in drops has to come in time as a whole', async (t) => {
  const running = await aPool(t, (socket) => {
    const timer = setInterval(() => socket.write('H'), 10);
    socket.write('HTTP/1.1 200 OK\r\nX-A: ');
    socket.on('close', () => clearInterval(timer));
  });
  assert.equal(await ask(running, { firstByteMs: 100 }), 'answer_timeout');
});

test('a pool that is closed lets the last answer come in, and keeps nothing', async (t) => {
  const running = await aPool(t, (socket) => void setTimeout(() => socket.write(ok), 30));
  const answer = ask(running);
  await pause(15);
  running.pool.close();
  assert.equal(await answer, '200 ok');
  assert.equal(await ask(running), 'closed');
});
