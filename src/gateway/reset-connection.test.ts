import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { serveTcp } from '../../test/fixtures/a-server.ts';
import { resetConnection } from './reset-connection.ts';

async function aPair(t: TestContext): Promise<{ readonly near: Socket; readonly far: Socket }> {
  const accepted = Promise.withResolvers<Socket>();
  const port = await serveTcp(t, accepted.resolve);
  const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined);
  far.resume();
  const near = await accepted.promise;
  near.on('error', () => undefined);
  return { near, far };
}

test('the other side is told that it has not heard all', async (t) => {
  const { near, far } = await aPair(t);
  const failed = once(far, 'error');
  near.write('half');
  resetConnection(near);
  assert.equal(((await failed)[0] as NodeJS.ErrnoException).code, 'ECONNRESET');
});

test('a connection whose end is being said is closed all the same', async (t) => {
  const { near, far } = await aPair(t);
  near.end('all');
  const closed = Promise.all([once(near, 'close'), once(far, 'end')]);
  resetConnection(near);
  await closed;
  far.destroy();
});
