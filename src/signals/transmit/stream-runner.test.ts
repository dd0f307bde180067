import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aSigningKey, signTexts } from '../../../test/fixtures/a-jwt.ts';
import { announcedDuring } from '../../../test/fixtures/a-receiver.ts';
import { aSetEndpoint, type SetEndpoint } from '../../../test/fixtures/a-set-endpoint.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';
import { until } from '../../../test/store/until.ts';
import { streamStore } from '../../app/signal-memory.ts';
import { createHttpClient } from '../../net/index.ts';
import type { NewRevocation } from '../../revocation/index.ts';
import { revocationUntold, streamFailed } from '../channels.ts';
import type { StreamOptions } from './stream.ts';
import { StreamRunner, type TransmitDependencies } from './stream-runner.ts';

const issuer = 'https://id.example';
const audience = 'https://orders.example';
const key = aSigningKey('ES256');
const signer = {
  issuer,
  sign: (claims: object, typ: string) =>
    signTexts(JSON.stringify({ alg: 'ES256', kid: key.kid, typ }), JSON.stringify(claims), key),
};

/** Seconds; the clock of the tests stands here unless it is moved. */
const nowSeconds = Math.floor(Date.now() / 1000);

function revocation(value: string, more: Partial<NewRevocation> = {}): NewRevocation {
  const expiresAt = (nowSeconds + 3600) * 1000;
  return { issuer, kind: 'subject', value, before: nowSeconds - 1, expiresAt, actor: 'test', ...more };
}

async function aStream(t: TestContext) {
  const clock = { ms: nowSeconds * 1000 };
  const { store, another, close } = aSqliteStore(() => clock.ms);
  const endpoint = await aSetEndpoint(t, { issuer, audience, jwks: () => ({ keys: [key.jwk] }) });
  const http = createHttpClient({ timeout: 2_000 });
  const stream: StreamOptions = {
    name: 'orders',
    endpoint: endpoint.url,
    token: 's3cret',
    audience,
    events: new Set(['session-revoked', 'token-revoked']),
  };
  const running: StreamRunner[] = [];
  t.after(async () => {
    await Promise.all(running.map((runner) => runner.stop()));
    await http.close();
    await close();
  });
  const start = (over = store, options: Partial<StreamOptions> = {}): StreamRunner => {
    const dependencies: TransmitDependencies = {
      clock: () => clock.ms,
      http,
      log: over.revocationLog,
      streams: streamStore(over.artifacts),
      signer,
    };
    const runner = new StreamRunner({ ...stream, ...options }, dependencies);
    running.push(runner);
    runner.start();
    return runner;
  };
  return { endpoint, clock, store, another, start };
}

/** Whom the sets were about, by their simple subjects. */
function told({ sets }: SetEndpoint): unknown[] {
  return sets.map((set) => (set['sub_id'] as { sub?: string }).sub);
}

test('What is revoked is told, in order, as others demand it of a SET.', async (t) => {
  const { endpoint, store, start } = await aStream(t);
  await store.revocationLog.append([revocation('before')]);
  start();
  await until(() => endpoint.sets.length === 1);
  for (let n = 0; n < 30; n++) await store.revocationLog.append([revocation(`u-${n}`)]);
  await until(() => endpoint.sets.length === 31);
  assert.deepEqual(told(endpoint), ['before', ...Array.from({ length: 30 }, (_, n) => `u-${n}`)]);
  const [first] = endpoint.sets;
  assert.deepEqual(first?.['sub_id'], { format: 'iss_sub', iss: issuer, sub: 'before' });
  assert.deepEqual(first?.['events'], {
    'https://schemas.openid.net/secevent/caep/event-type/session-revoked': { event_timestamp: nowSeconds - 1 },
  });
  assert.deepEqual([first?.iat, first?.['txn']], [nowSeconds, '1']);
  assert.equal(new Set(endpoint.sets.map(({ jti }) => jti)).size, 31);
  assert.deepEqual([...new Set(endpoint.authorizations)], ['Bearer s3cret']);
});

test('Only revocations of tokens of ours are told, and only events that the stream wants.', async (t) => {
  const { endpoint, store, start } = await aStream(t);
  await store.revocationLog.append([
    revocation('theirs', { issuer: 'https://acme.example' }),
    revocation('key-1', { kind: 'key' }),
    revocation('j-1', { kind: 'jti', before: undefined }),
    revocation('ours'),
  ]);
  start(store, { events: new Set(['session-revoked']) });
  await until(() => endpoint.sets.length === 1);
  assert.deepEqual(told(endpoint), ['ours']);
});

test('A receiver that fails is tried again until it has all, in order.', async (t) => {
  const { endpoint, store, start } = await aStream(t);
  endpoint.faults.push({ status: 503 }, { status: 401, body: { err: 'authentication_failed', description: 'who?' } });
  await store.revocationLog.append(['a', 'b', 'c'].map((value) => revocation(value)));
  const failures = await announcedDuring(streamFailed, async () => {
    start();
    await until(() => endpoint.sets.length === 3);
  });
  assert.deepEqual(told(endpoint), ['a', 'b', 'c']);
  assert.deepEqual(
    failures.map(({ stream, seq, code, failures: count, pause }) => [stream, seq, code, count, pause]),
    [
      ['orders', 1, 'http_status', 1, 1000],
      ['orders', 1, 'authentication_failed', 2, 2000],
    ],
  );
});

test('A SET that is refused for what it says is told of, and holds nothing up.', async (t) => {
  const { endpoint, store, start } = await aStream(t);
  endpoint.faults.push({ status: 400, body: { err: 'invalid_request', description: 'no such format\u001b[2J' } });
  await store.revocationLog.append([revocation('a'), revocation('b')]);
  const untold = await announcedDuring(revocationUntold, async () => {
    start();
    await until(() => endpoint.sets.length === 1);
  });
  assert.deepEqual(told(endpoint), ['b']);
  assert.deepEqual(untold, [
    {
      stream: 'orders',
      seq: 1,
      kind: 'subject',
      code: 'invalid_request',
      facts: { status: 400, err: 'invalid_request', description: 'no such format [2J' },
    },
  ]);
});

test('After a restart it goes on where it was; what is sent again has the same name.', async (t) => {
  const { endpoint, store, another, start } = await aStream(t);
  await store.revocationLog.append([revocation('a'), revocation('b')]);
  const first = start();
  await until(async () => (await streamStore(store.artifacts).position('orders'))?.seq === 2);
  await first.stop();
  await store.revocationLog.append([revocation('c')]);
  const second = start(another());
  await until(() => endpoint.sets.length === 3);
  assert.deepEqual(told(endpoint), ['a', 'b', 'c']);
  await second.stop();

  // As after a crash before it was noted how far it was.
  await streamStore(store.artifacts).advance('orders', { seq: 0, mark: '' });
  start(another());
  await until(() => endpoint.sets.length === 6);
  assert.deepEqual(told(endpoint).slice(3), ['a', 'b', 'c']);
  assert.equal(new Set(endpoint.sets.map(({ jti }) => jti)).size, 3);
});

test('Of several processes one tells; where it falls silent, another goes on.', async (t) => {
  const { endpoint, store, another, clock, start } = await aStream(t);
  const holder = start();
  await store.revocationLog.append([revocation('a')]);
  await until(() => endpoint.sets.length === 1);
  start(another());
  await store.revocationLog.append([revocation('b')]);
  await until(() => endpoint.sets.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(told(endpoint), ['a', 'b']);
  await holder.stop();
  await store.revocationLog.append([revocation('c')]);
  await until(() => endpoint.sets.length === 3);
  // As if that one, too, had been killed: its lease runs out.
  clock.ms += 11_000;
  const streams = streamStore(store.artifacts);
  assert.equal(await streams.hold('orders', 'somebody else', clock.ms, clock.ms + 1), true);
});

test('Where the log has another history, all of it is told; where entries were purged, nothing is told twice.', async (t) => {
  const { endpoint, store, clock, start } = await aStream(t);
  const streams = streamStore(store.artifacts);
  await store.revocationLog.append([revocation('a'), revocation('b')]);
  await streams.advance('orders', { seq: 7, mark: 'of a backup' });
  const first = start();
  await until(() => endpoint.sets.length === 2);
  assert.deepEqual(told(endpoint), ['a', 'b']);
  await until(async () => (await streams.position('orders'))?.seq === 2);
  await first.stop();

  clock.ms += 3_700_000;
  await store.revocationLog.purge(clock.ms);
  start();
  await store.revocationLog.append([revocation('c', { expiresAt: clock.ms + 60_000 })]);
  await until(() => endpoint.sets.length === 3);
  assert.deepEqual(told(endpoint), ['a', 'b', 'c']);
});
