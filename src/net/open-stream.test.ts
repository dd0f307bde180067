import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { serve } from '../../test/fixtures/a-server.ts';
import { createHttpClient } from './create-http-client.ts';
import type { HttpStreamRequest } from './http-client.ts';

const second = 1000;

async function open(t: TestContext, listener: RequestListener, request: Partial<HttpStreamRequest> = {}) {
  const http = createHttpClient({ timeout: 200 });
  t.after(() => http.close());
  const url = `http://127.0.0.1:${await serve(t, listener)}/log`;
  return http.open({ url, idleTimeout: second, ...request });
}

/** The text that came, and the code of the failure that ended it. */
async function readAll(stream: Awaited<ReturnType<typeof open>>): Promise<readonly [string, string | undefined]> {
  if (!stream.ok) return ['', stream.failure.code];
  let text = '';
  for await (const piece of stream.value.pieces) {
    if (!piece.ok) return [text, piece.failure.code];
    text += piece.value;
  }
  return [text, undefined];
}

test('A stream comes in pieces, for longer than an exchange may take.', async (t) => {
  const stream = await open(t, (_, response) => {
    response.flushHeaders();
    const send = (n: number): void => {
      if (n === 5) response.end();
      else response.write(String(n), () => setTimeout(send, 60, n + 1));
    };
    send(0);
  });
  assert.deepEqual(await readAll(stream), ['01234', undefined]);
});

test('Silence ends it, and so does a connection that breaks; what came before is kept.', async (t) => {
  const silent = await open(t, (_, response) => void response.write('a'), { idleTimeout: 50 });
  assert.deepEqual(await readAll(silent), ['a', 'timeout']);
  const broken = await open(t, (_, response) => void response.write('b', () => response.destroy()));
  assert.deepEqual(await readAll(broken), ['b', 'connection_lost']);
});

test('The time in which the reader is busy is no silence.', async (t) => {
  const stream = await open(t, (_, response) => void response.write('a', () => response.end('b')), { idleTimeout: 40 });
  assert.ok(stream.ok);
  let text = '';
  for await (const piece of stream.value.pieces) {
    await new Promise((resolve) => setTimeout(resolve, 90));
    assert.ok(piece.ok);
    text += piece.value;
  }
  assert.equal(text, 'ab');
});

test('Whoever leaves the loop, or calls off the request, closes the connection.', async (t) => {
  for (const way of ['leave', 'abort']) {
    const calledOff = new AbortController();
    const closed = Promise.withResolvers<void>();
    const listener = (_: unknown, response: ServerResponse) => void response.once('close', closed.resolve).write('a');
    const stream = await open(t, listener, { signal: calledOff.signal });
    assert.ok(stream.ok);
    for await (const piece of stream.value.pieces) {
      if (way === 'leave') break;
      calledOff.abort();
      assert.ok(piece.ok || piece.failure.code === 'aborted');
    }
    await closed.promise;
  }
});

test('The guards of every request hold: redirects, addresses, time-out; a refusal has no pieces.', async (t) => {
  const redirect = await open(
    t,
    (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1/' }).end('x'),
  );
  assert.equal((await readAll(redirect))[1], 'redirect');
  const peer = await open(t, (_, response) => void response.end(), { namedBy: 'peer' });
  assert.equal((await readAll(peer))[1], 'forbidden_address');
  assert.equal((await readAll(await open(t, () => undefined)))[1], 'timeout');
  const refused = await open(t, (_, response) => void response.writeHead(401, { 'x-a': '1' }).write('endless'));
  assert.ok(refused.ok);
  assert.deepEqual(
    [refused.value.status, refused.value.headers['x-a'], ...(await readAll(refused))],
    [401, '1', '', undefined],
  );
});
