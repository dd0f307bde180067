import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createSmallServer, listen, StartupFailure } from './listener.ts';

test('a taken port is refused with the setting and the remedy', async () => {
  const first = createServer();
  const { port } = await listen(first, { host: '127.0.0.1', port: 0 }, 'gateway.listen');
  await assert.rejects(listen(createServer(), { host: '127.0.0.1', port }, 'gateway.listen'), (error: unknown) => {
    assert.ok(error instanceof StartupFailure);
    assert.equal(
      error.message,
      `cannot listen on 127.0.0.1:${port} (gateway.listen): another program listens there. Remedy: stop it, or choose another address`,
    );
    return true;
  });
  first.close();
});

test('an address that this machine does not have is refused with the remedy', async () => {
  await assert.rejects(
    listen(createServer(), { host: '192.0.2.1', port: 0 }, 'admin.listen'),
    /\(admin\.listen\): this machine has no such address\. Remedy: /,
  );
});

test('a request must arrive within seconds, as a whole', () => {
  const { headersTimeout, requestTimeout } = createSmallServer(() => undefined);
  assert.deepEqual([headersTimeout, requestTimeout], [10_000, 30_000]);
});
