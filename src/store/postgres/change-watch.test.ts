import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import pg from 'pg';
import { PostgresServer } from '../../../test/store/a-postgres-server.ts';
import { aPostgresStore } from '../../../test/store/a-postgres-store.ts';
import { TcpLink } from '../../../test/store/a-tcp-link.ts';
import { until } from '../../../test/store/until.ts';
import { monotonicClock, systemClock } from '../../base/clock.ts';
import { StoreUnavailable } from '../../base/store-unavailable.ts';
import { createRevocations, type NewRevocation, type Revocations } from '../../revocation/index.ts';
import type { Store } from '../index.ts';
import { openPostgresStore } from './index.ts';

/** So rarely that only being woken explains what comes within seconds. */
const seldom = 600_000;

let server: PostgresServer;
let link: TcpLink;
let engine: Awaited<ReturnType<typeof aPostgresStore>>;
let gateway: Store;
let followed: Revocations[];

before(async () => {
  server = await PostgresServer.start();
});
after(() => server.close());
beforeEach(async () => {
  link = await TcpLink.to(server.port);
  engine = await aPostgresStore(server);
  gateway = await openPostgresStore({ url: link.reach(engine.url), clock: systemClock, poolSize: 1 });
  followed = [];
});
afterEach(async () => {
  for (const { follower } of followed) follower.stop();
  await gateway.close();
  await engine.close();
  await link.close();
});

function entry(value = 'mira'): NewRevocation {
  const expiresAt = systemClock() + 3_600_000;
  return { issuer: 'https://acme.example', kind: 'subject', value, expiresAt, actor: 'test' };
}

/** A gateway across the link. */
async function follow(pollMs: number): Promise<Revocations> {
  const revocations = createRevocations({ log: gateway.revocationLog, clock: systemClock, pollMs });
  followed.push(revocations);
  await revocations.follower.start();
  return revocations;
}

/** A provider that is not behind the link. */
const append = async (): Promise<number> => (await engine.store.revocationLog.append([entry()]))[0]?.seq ?? 0;

test('What another process appends is applied when it is woken, in milliseconds.', async () => {
  const { index } = await follow(seldom);
  const times: number[] = [];
  for (let n = 0; n < 30; n++) {
    const startedAt = performance.now();
    const seq = await append();
    await until(() => index.lastSeq === seq);
    times.push(performance.now() - startedAt);
  }
  const median = times.sort((a, b) => a - b)[15] ?? 0;
  assert.ok(median < 500, `${median} ms`);
});

test('What was appended while the connection was cut is read as soon as there is one again.', async () => {
  const { index } = await follow(seldom);
  for (let n = 0; n < 3; n++) {
    link.cut();
    const seq = await append();
    await until(() => index.lastSeq === seq, 'catching up', 5000);
  }
});

test('A connection that died without a word is given up by the reads on it.', async () => {
  const { index, follower } = await follow(200);
  link.fallSilent();
  const seq = await append();
  await until(() => monotonicClock() - follower.confirmedAt > 400, 'growing stale');
  assert.ok(index.lastSeq < seq);
  link.recover();
  await until(() => index.lastSeq === seq, 'catching up', 8000);
  assert.ok(monotonicClock() - follower.confirmedAt < 5000);
});

test('What nobody was notified of is found by looking.', async () => {
  const { index } = await follow(50);
  await server.query(
    `SET search_path = gatehouse; UPDATE revocation_log SET head = head + 1, mark = 'm';
     INSERT INTO revocations (seq, mark, at, issuer, kind, value, expires_at, actor) SELECT head, mark, 1, 'i', 'jti', 'v',
       9e12, 'test' FROM revocation_log`,
    new URL(engine.url).pathname.slice(1),
  );
  await until(() => index.lastSeq === 1);
});

test('While the server is away, callers are told so and never that there is nothing; then all goes on.', async () => {
  const { index, follower } = await follow(seldom);
  await gateway.tokenRegistry.latestJwtExpiry();
  await server.stop();
  const calls: readonly (() => unknown)[] = [
    () => gateway.tokenStore.find('x'),
    () => gateway.clients.list(),
    () => gateway.artifacts.consume('RefreshToken', 'x', 1),
    () => gateway.signingKeys.read(),
    () => gateway.revocationLog.append([entry()]),
    () => gateway.revocationLog.head(),
    () => follower.catchUp(),
  ];
  for (let n = 0; n < 3; n++) {
    for (const call of calls) await assert.rejects(async () => call(), StoreUnavailable);
  }
  await server.start();
  const seq = await append();
  await until(() => index.lastSeq === seq, 'catching up', 8000);
  await until(() => gateway.revocationLog.head().catch(() => 0), 'answering', 8000);
});

test('Who follows waits for no other work; an append that waits too long is refused, and is not done later.', async () => {
  const { index } = await follow(seldom);
  const holder = new pg.Client(engine.url);
  await holder.connect();
  await holder.query('BEGIN; UPDATE gatehouse.revocation_log SET head = head + 0');
  const refused = assert.rejects(gateway.revocationLog.append([entry('late')]), StoreUnavailable);
  await until(() =>
    server.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'").then((rows) => rows.length),
  );
  const [{ follower }] = followed as [Revocations];
  await follower.catchUp();
  await refused;
  await holder.query('COMMIT');
  await holder.end();
  const seq = await append();
  await until(() => index.lastSeq === seq);
  assert.equal(seq, 1);
  assert.equal(index.size, 1);
});

test('It closes although the other side has fallen silent, and in the midst of a read.', async () => {
  await follow(50);
  await gateway.clients.list();
  link.fallSilent();
  const reads = [gateway.clients.list(), gateway.revocationLog.readAfter({ seq: 0, mark: '' }, 1)];
  const failed = Promise.all(reads.map((read) => assert.rejects(read, StoreUnavailable)));
  for (const { follower } of followed) follower.stop();
  const startedAt = performance.now();
  await gateway.close();
  assert.ok(performance.now() - startedAt < 3000);
  await failed;
});

test('It says nothing more once it is closed, and leaves no connection behind.', async () => {
  await follow(50);
  for (const { follower } of followed) follower.stop();
  await gateway.close();
  await gateway.close();
  await assert.rejects(async () => gateway.tokenStore.find('x'), StoreUnavailable);
  await assert.rejects(gateway.revocationLog.readAfter({ seq: 0, mark: '' }, 1), StoreUnavailable);
  await engine.close();
  const connected = () => server.query("SELECT FROM pg_stat_activity WHERE application_name = 'gatehouse'");
  await until(async () => (await connected()).length === 0);
});
