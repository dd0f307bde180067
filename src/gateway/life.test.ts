import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { aGateway, anAccess, anApi, sendRaw } from '../../test/fixtures/a-gateway.ts';
import { serve } from '../../test/fixtures/a-server.ts';
import { createGateway } from './create-gateway.ts';

const authorized = { authorization: 'Bearer good' };

/** An upstream that answers its first request when it is told to. */
async function holding(t: TestContext, answer: string) {
  const first = Promise.withResolvers<ServerResponse>();
  const port = await serve(t, (_incoming, response) => first.resolve(response));
  return { port, reached: first.promise, finish: async () => (await first.promise).end(answer) };
}

test('closing lets what is under way finish, and takes nothing new', async (t) => {
  const upstream = await holding(t, 'late');
  const { gateway, origin, port } = await aGateway(t, [anApi(upstream.port)]);
  const underWay = fetch(origin, { headers: authorized });
  await upstream.reached;
  const closed = gateway.close(5_000);
  assert.equal(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n'), '');
  await upstream.finish();
  const response = await underWay;
  assert.equal(await response.text(), 'late');
  assert.equal(response.headers.get('connection'), 'close');
  await closed;
});

test('closing ends idle connections at once', async (t) => {
  const upstream = await serve(t, (_incoming, response) => response.end('ok'));
  const { gateway, port } = await aGateway(t, [anApi(upstream)]);
  const kept = sendRaw(port, 'GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\n\r\n', 10_000);
  await pause(100);
  const started = Date.now();
  await gateway.close(10_000);
  await kept;
  assert.ok(Date.now() - started < 2_000);
});

test('closing cuts off what does not finish in time', async (t) => {
  const upstream = await holding(t, 'never');
  const { gateway, origin } = await aGateway(t, [anApi(upstream.port)]);
  const underWay = fetch(origin, { headers: authorized });
  underWay.catch(() => undefined);
  await upstream.reached;
  await gateway.close(100);
  await assert.rejects(underWay);
});

test('a request on a kept connection is refused while closing', async (t) => {
  const upstream = await holding(t, 'late');
  const { gateway, port } = await aGateway(t, [anApi(upstream.port)]);
  const request = 'GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\n\r\n';
  const socket = connect(port, '127.0.0.1', () => socket.write(request));
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk;
  });
  await upstream.reached;
  const closed = gateway.close(5_000);
  socket.write(request);
  await pause(50);
  await upstream.finish();
  await Promise.all([closed, once(socket, 'close')]);
  assert.match(received, /^HTTP\/1\.1 200 OK[\s\S]*late/);
});

test('a reload changes what new requests meet, and leaves those under way alone', async (t) => {
  const old = await holding(t, 'old');
  const next = await serve(t, (_incoming, response) => response.end('new'));
  const { gateway, origin, options } = await aGateway(t, [anApi(old.port)]);
  const underWay = fetch(origin, { headers: authorized });
  await old.reached;
  gateway.reload({ ...options, apis: [anApi(next)], trustedProxies: ['127.0.0.1'] });
  const answered = await fetch(origin, { headers: { ...authorized, 'x-request-id': 'mine' } });
  assert.equal(await answered.text(), 'new');
  assert.equal(answered.headers.get('x-request-id'), 'mine');
  await old.finish();
  assert.equal(await (await underWay).text(), 'old');
});

test('an upstream that is no longer used loses its connections, one that still is keeps them', async (t) => {
  const connections = { kept: 0, dropped: 0 };
  const counted = (name: 'kept' | 'dropped') =>
    serve(t, (incoming, response) => {
      connections[name]++;
      incoming.socket.once('close', () => connections[name]--);
      response.end('ok');
    });
  const [kept, dropped] = [await counted('kept'), await counted('dropped')];
  const both = [anApi(kept, { route: { path: '/kept' } }), anApi(dropped, { route: { path: '/dropped' } })];
  const { gateway, origin, options } = await aGateway(t, both);
  for (const path of ['kept', 'dropped']) await (await fetch(`${origin}/${path}`, { headers: authorized })).text();
  gateway.reload({ ...options, apis: both.slice(0, 1) });
  await pause(200);
  assert.deepEqual(connections, { kept: 1, dropped: 0 });
  assert.equal((await fetch(`${origin}/dropped`, { headers: authorized })).status, 404);
});

test('options that cannot work are refused, and the old ones stay', async (t) => {
  const upstream = await serve(t, (_incoming, response) => response.end('ok'));
  const { gateway, origin, options } = await aGateway(t, [anApi(upstream)]);
  const { protected: orders } = anApi(upstream);
  for (const bad of [
    { ...options, apis: [anApi(upstream), anApi(upstream, { protected: { ...orders, name: 'stock' } })] },
    { ...options, trustedProxies: ['everybody'] },
    { ...options, apis: [anApi(1, { upstream: { url: 'ftp://h' } })] },
    { ...options, apis: [anApi(1, { upstream: { url: 'http://user:secret@h' } })] },
    { ...options, apis: [anApi(1, { identity: { kind: 'jwt', audience: 'a' } })] },
    { ...options, apis: [anApi(1, { route: { path: 'orders' } })] },
  ]) {
    assert.throws(() => gateway.reload(bad), TypeError, JSON.stringify(bad));
  }
  assert.equal((await fetch(origin, { headers: authorized })).status, 200);
});

test('a decision that fails is refused without a word about why', async (t) => {
  for (const decide of [
    () => {
      throw new Error('secret');
    },
    () => Promise.reject(new Error('secret')),
  ]) {
    const { origin, finishes, finished } = await aGateway(t, [anApi(1)], { access: { decide } });
    const response = await fetch(origin, { headers: authorized });
    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /secret/);
    await finishes(1);
    assert.equal(finished.at(-1)?.rejection?.facts['reason'], 'secret');
  }
});

test('a decision that takes its time is waited for, unless the client leaves', async (t) => {
  let reached = 0;
  const upstream = await serve(t, (_incoming, response) => {
    reached++;
    response.end('ok');
  });
  const access = anAccess();
  const leaving = new AbortController();
  let asked = 0;
  const decide: typeof access.decide = async (...judged) => {
    if (++asked === 2) leaving.abort();
    await pause(50);
    return access.decide(...judged);
  };
  const { origin, finishes } = await aGateway(t, [anApi(upstream)], { access: { decide } });
  assert.equal((await fetch(origin, { headers: authorized })).status, 200);
  await assert.rejects(fetch(origin, { headers: authorized, signal: leaving.signal }));
  await finishes(2);
  await pause(80);
  assert.equal(reached, 1);
});

test('an address that is taken is reported', async (t) => {
  const { port, options } = await aGateway(t, [anApi(1)]);
  const second = createGateway(
    { ...options, listen: { host: '127.0.0.1', port } },
    { access: anAccess(), clock: Date.now },
  );
  await assert.rejects(second.listen(), { code: 'EADDRINUSE' });
  await second.close(0);
});
