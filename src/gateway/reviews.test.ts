import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { aGateway, anAccess, anApi } from '../../test/fixtures/a-gateway.ts';
import { serve, serveTcp } from '../../test/fixtures/a-server.ts';
import type { Decision } from '../access/index.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { tunnelClosed } from './channels.ts';
import { Reviews } from './reviews.ts';

const never = (): (() => void) => () => undefined;
const revoked: Decision = { granted: false, rejection: rejection('token_revoked'), principal: undefined };

test('what is granted goes on, what is refused ends, what has ended is not asked for', async () => {
  const reviews = new Reviews(5, never);
  const ended: Rejection[] = [];
  let asked = 0;
  const answers = [anAccess().decide({} as never, { authorization: ['Bearer good'] } as never, 0), revoked];
  await new Promise<void>((resolve) => {
    const unwatch = reviews.watch({
      judge: () => answers[asked++] ?? revoked,
      end: (rejected) => {
        ended.push(rejected);
        unwatch();
        resolve();
      },
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(asked, 2);
  assert.deepEqual(ended, [revoked.rejection]);
});

test('a review that fails is a refusal', async () => {
  const reviews = new Reviews(5, never);
  const rejected = await new Promise<Rejection>((resolve) => {
    const unwatch = reviews.watch({
      judge: () => Promise.reject(new Error('no store')),
      end: (reason) => {
        unwatch();
        resolve(reason);
      },
    });
  });
  assert.equal(rejected.code, 'internal_error');
});

test('a revocation is a reason to judge at once, for as long as there is something to judge', async () => {
  const wakes = new Set<() => void>();
  const reviews = new Reviews(3_600_000, (wake) => {
    wakes.add(wake);
    return () => wakes.delete(wake);
  });
  let asked = 0;
  const end = Promise.withResolvers<Rejection>();
  const judge = (): Decision => {
    asked++;
    return revoked;
  };
  const unwatch = reviews.watch({ judge, end: end.resolve });
  const revokedAt = performance.now();
  for (let n = 0; n < 1000; n++) for (const wake of wakes) wake();
  assert.equal((await end.promise).code, 'token_revoked');
  assert.ok(performance.now() - revokedAt < 1000);
  assert.equal(asked, 1, 'a thousand revocations have one review');
  unwatch();
  assert.equal(wakes.size, 0);
});

/** An access that lets everybody in until it is told not to. */
function revocable() {
  const inner = anAccess();
  const state = { isRevoked: false };
  const decide: typeof inner.decide = (...judged) => (state.isRevoked ? revoked : inner.decide(...judged));
  return { state, access: { decide } };
}

const head = 'Host: h\r\nAuthorization: Bearer good\r\n';

test('a stream of events ends with the token that opened it', async (t) => {
  const { state, access } = revocable();
  const upstream = await serve(t, (_incoming, response) => void response.write('data: 1\n\n'));
  const gateway = await aGateway(t, [anApi(upstream)], { access, timeouts: { reviewMs: 20 } });
  const client = connect(gateway.port, '127.0.0.1', () => client.write(`GET /x HTTP/1.1\r\n${head}\r\n`));
  client.on('error', () => undefined);
  await once(client, 'data');
  state.isRevoked = true;
  await new Promise((resolve) => client.on('close', resolve));
  await gateway.finishes(1);
  assert.equal(gateway.finished[0]?.isAborted, true);
  assert.equal(gateway.finished[0]?.rejection?.code, 'token_revoked');
});

test('a WebSocket ends with the token that opened it', async (t) => {
  const { state, access } = revocable();
  const upstream = await serveTcp(t, (socket) => {
    socket.once('data', () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    );
  });
  const { port } = await aGateway(t, [anApi(upstream)], { access, timeouts: { reviewMs: 20 } });
  const closed = new Promise<string>((resolve) => {
    t.after(tunnelClosed.listen(({ reason }) => resolve(reason)));
  });
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  const client = connect(port, '127.0.0.1', () => client.write(`GET /x HTTP/1.1\r\n${head}${upgrade}\r\n`));
  client.on('error', () => undefined);
  await once(client, 'data');
  state.isRevoked = true;
  assert.equal(await closed, 'refused');
});
