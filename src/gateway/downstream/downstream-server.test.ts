import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { sendRaw } from '../../../test/fixtures/a-gateway.ts';
import { type ConnectionListener, DownstreamServer } from './index.ts';

type Serve = ConnectionListener['onRequest'];

const settings = { headerBytes: 1024, headersMs: 10_000, keepAliveMs: 10_000, silenceMs: () => 10_000 };

async function aServer(t: TestContext, onRequest: Serve, facts: Partial<typeof settings> = {}): Promise<number> {
  const server = new DownstreamServer({ ...settings, ...facts }, () => ({
    onRequest,
    onUnreadable: ({ code }, connection) => connection.closeAfter(`refused ${code}`),
  }));
  const { port } = await server.listen('127.0.0.1', 0);
  t.after(async () => {
    server.closeAllConnections();
    await server.close();
  });
  return port;
}

/** Answers at once with what was asked, body included. */
const echo: Serve = async (head, body, answer) => {
  let text = `${head.method} ${head.target} `;
  if (body !== undefined) for await (const bytes of body.read()) text += bytes.toString('latin1');
  answer.begin(200, `Content-Length: ${text.length}\r\n`, text.length);
  answer.write(Buffer.from(text, 'latin1'));
  answer.end();
};

/** Bytes that come in pieces, each in a packet of its own as far as that can be had. */
async function sendInPieces(port: number, pieces: readonly string[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk;
  });
  for (const piece of pieces) {
    socket.write(piece, 'latin1');
    await new Promise((resolve) => setImmediate(resolve));
  }
  await once(socket, 'close');
  return received;
}

const bodiesOf = (received: string): readonly string[] =>
  received.split('HTTP/1.1 200 OK\r\n').flatMap((answer) => answer.split('\r\n\r\n').slice(1));

const requests = [
  'GET /1 HTTP/1.1\r\nHost: h\r\n\r\n',
  '\r\nPOST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello',
  'POST /3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-T: 1\r\n\r\n',
  'POST /4 HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n',
  'GET /5 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
].join('');

test('requests are read one after the other, in whatever pieces they come, and answered in their order', async (t) => {
  const port = await aServer(t, echo);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(requests.length), { maxLength: 8 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), requests.length];
      const pieces = places.slice(1).map((end, i) => requests.slice(places[i], end));
      const expected = ['GET /1 ', 'POST /2 hello', 'POST /3 abcde', 'POST /4 ', 'GET /5 '];
      assert.deepEqual(bodiesOf(await sendInPieces(port, pieces)), expected);
    }),
    { numRuns: 40 },
  );
});

test('the next request begins when the last one is answered', async (t) => {
  let underWay = 0;
  let most = 0;
  const port = await aServer(t, async (head, _body, answer) => {
    most = Math.max(most, ++underWay);
    await pause(5);
    underWay--;
    answer.begin(204, '', 'none');
    if (head.target === '/last') answer.isKept = false;
    answer.end();
  });
  const received = await sendRaw(port, `${'GET /x HTTP/1.1\r\nHost: h\r\n\r\n'.repeat(20)}GET /last HTTP/1.1\r\n\r\n`);
  assert.equal(received.match(/HTTP\/1\.1 204/g)?.length, 21);
  assert.equal(most, 1);
});

test('thousands of requests in one packet do not nest', async (t) => {
  const port = await aServer(t, (head, _body, answer) => {
    answer.isKept = head.target !== '/last';
    answer.begin(204, '', 'none');
    answer.end();
  });
  const many = 'GET /x HTTP/1.1\r\nHost: h\r\n\r\n'.repeat(20_000);
  const received = await sendRaw(port, `${many}GET /last HTTP/1.1\r\nHost: h\r\n\r\n`, 5_000);
  assert.equal(received.match(/HTTP\/1\.1 204/g)?.length, 20_001);
});

test('a client is held back that sends further requests faster than they are answered', async (t) => {
  const port = await aServer(t, () => undefined);
  const socket = connect(port, '127.0.0.1');
  t.after(() => socket.destroy());
  const request = `GET /x HTTP/1.1\r\nHost: h\r\nX-A: ${'x'.repeat(900)}\r\n\r\n`;
  const mebibyte = request.repeat(Math.ceil(2 ** 20 / request.length));
  for (let i = 0; i < 32; i++) socket.write(mebibyte);
  await pause(300);
  assert.ok(socket.writableLength > 16 * 2 ** 20);
});

for (const [title, bytes, expected] of [
  ['a head that is too large', `GET /x HTTP/1.1\r\nX: ${'x'.repeat(1100)}`, 'refused headers_too_large'],
  ['a line feed alone', 'GET /x HTTP/1.1\nHost: h\n', 'refused request_malformed'],
  ['what begins like no method', '\x16\x03\x01', 'refused request_malformed'],
  ['no head at all', 'nonsense\r\n\r\n', 'refused request_malformed'],
] as const) {
  test(`${title} is refused as soon as that is known`, async (t) => {
    const port = await aServer(t, echo);
    assert.equal(await sendRaw(port, bytes, 5_000), expected);
  });
}

test('empty lines without end are not kept, and end in time', async (t) => {
  const port = await aServer(t, echo, { headersMs: 100 });
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const more = setInterval(() => socket.write('\r\n'.repeat(1000)), 5);
  t.after(() => clearInterval(more));
  socket.resume();
  await new Promise((resolve) => socket.on('close', resolve));
});

test('a head that takes too long is refused, a connection that says nothing is closed without a word', async (t) => {
  const port = await aServer(t, echo, { headersMs: 100 });
  assert.equal(await sendRaw(port, 'GET /x HTTP/1.1\r\n', 5_000), 'refused request_timeout');
  assert.equal(await sendRaw(port, '', 5_000), '');
});

test('a kept connection is closed when it was not used for long enough', async (t) => {
  const port = await aServer(t, echo, { headersMs: 50, keepAliveMs: 300 });
  const received = await sendRaw(port, 'GET /1 HTTP/1.1\r\nHost: h\r\n\r\n', 10_000);
  assert.deepEqual(bodiesOf(received), ['GET /1 ']);
});

test('silence while a request is under way ends the connection', async (t) => {
  const port = await aServer(t, () => undefined, { headersMs: 50, silenceMs: () => 150 });
  const socket = connect(port, '127.0.0.1', () => socket.write('GET /1 HTTP/1.1\r\nHost: h\r\n\r\n'));
  socket.on('error', () => undefined).resume();
  await once(socket, 'close');
});

test('HTTP/1.0 gets an answer of unknown length until the connection ends, HTTP/1.1 gets it in chunks', async (t) => {
  const port = await aServer(t, (_head, _body, answer) => {
    answer.begin(200, '', 'until-close');
    answer.write(Buffer.from('hello'));
    answer.end([['x-sum', '1']]);
  });
  const old = await sendRaw(port, 'GET / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n', 5_000);
  assert.equal(old, 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello');
  const chunked = await sendRaw(port, 'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n', 5_000);
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n';
  assert.equal(chunked, `${head}5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n`);
});

test('an answer to HEAD has no body, whatever is written', async (t) => {
  const port = await aServer(t, echo);
  const received = await sendRaw(port, 'HEAD /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n', 5_000);
  assert.match(received, /Content-Length: 8\r\n[\s\S]*\r\n\r\n$/);
});

test('who closes the connection while waiting for an answer has left', async (t) => {
  const { promise: left, resolve } = Promise.withResolvers<boolean>();
  const port = await aServer(t, (_head, _body, answer) => {
    answer.listener = { onDrain: () => undefined, onOver: resolve };
  });
  const socket = connect(port, '127.0.0.1', () => socket.end('GET / HTTP/1.1\r\nHost: h\r\n\r\n'));
  assert.equal(await left, false);
});

test('a body that breaks off is an error for whoever reads it', async (t) => {
  const { promise: failed, resolve } = Promise.withResolvers<unknown>();
  const port = await aServer(t, async (_head, body) => {
    try {
      for await (const _ of body?.read() ?? []);
    } catch (error) {
      resolve(error);
    }
  });
  const socket = connect(port, '127.0.0.1', () => {
    socket.end('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabc');
  });
  assert.match(String(await failed), /BodyUnreadable: the client closed the connection/);
});

test('a client that goes on sending when all is said is heard out for a while, not for ever', async (t) => {
  const port = await aServer(t, (_head, _body, answer) => {
    answer.isKept = false;
    answer.begin(204, '', 'none');
    answer.end();
  });
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined).resume();
  socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  const more = setInterval(() => socket.write('x'), 50);
  t.after(() => clearInterval(more));
  await new Promise((resolve) => socket.on('close', resolve));
});

test('a client that still sends when all is said can read it to its end', async (t) => {
  const port = await aServer(t, (_head, body, answer) => {
    body?.drop();
    answer.isKept = false;
    answer.begin(413, 'Content-Length: 2\r\n', 2);
    answer.write(Buffer.from('no'));
    answer.end();
  });
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let received = '';
  socket.on('error', (error) => assert.fail(error));
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk;
  });
  socket.write(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(50_000)}`);
  await once(socket, 'end');
  socket.end('x'.repeat(50_000));
  assert.match(received, /^HTTP\/1\.1 413 [\s\S]*no$/);
});
