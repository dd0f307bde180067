import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { aFollower } from '../../../test/fixtures/a-follower.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';
import { anAdmin, assertProblem, ownIssuer } from '../../../test/fixtures/an-admin.ts';
import { systemClock } from '../../base/clock.ts';
import { sha256Hex } from '../../base/sha256.ts';
import { adminAudience, followScope } from '../../protocol/admin-access.ts';
import {
  type LogEntries,
  type LogEvent,
  type NewRevocation,
  startOfLog,
  writePosition,
} from '../../revocation/index.ts';
import { adminFailures } from '../channels.ts';

function entry(value: string): NewRevocation {
  const expiresAt = systemClock() + 3_600_000;
  return { issuer: ownIssuer, kind: 'subject', value, reason: 'private', expiresAt, actor: 'test' };
}

function numbered(count: number): NewRevocation[] {
  return Array.from({ length: count }, (_, n) => entry(`subject-${n}`));
}

function entriesOf(event: LogEvent | undefined): LogEntries {
  assert.equal(event?.kind, 'entries');
  return event as LogEntries;
}

const values = (event: LogEvent | undefined): string[] => entriesOf(event).entries.map(({ value }) => value);

test('The log is told from the start, in order, and then as it grows; its end is told at least each second.', async (t) => {
  const admin = await anAdmin(t);
  await admin.store.revocationLog.append(numbered(3));
  const follower = await aFollower(t, admin);
  assert.equal(follower.response.status, 200);
  assert.equal(follower.response.headers.get('content-type'), 'text/event-stream');
  assert.equal(follower.response.headers.get('x-accel-buffering'), 'no');
  assert.equal(follower.response.headers.get('cache-control'), 'no-store, no-transform');
  const first = entriesOf(await follower.news());
  assert.deepEqual([first.after, values(first)], [startOfLog, ['subject-0', 'subject-1', 'subject-2']]);
  const head = await follower.news();
  assert.deepEqual(head?.kind === 'head' && head.position, first.position);
  await admin.store.revocationLog.append([entry('late')]);
  const second = entriesOf(await follower.news());
  assert.deepEqual([second.after, values(second)], [first.position, ['late']]);
  assert.equal((await follower.next())?.kind, 'head');
  const quietSince = performance.now();
  const again = await follower.next();
  assert.ok(again?.kind === 'head' && performance.now() - quietSince < 1000);
});

test('A long log comes in pages, and whoever was cut off goes on from the id of the last event.', async (t) => {
  const admin = await anAdmin(t);
  await admin.store.revocationLog.append(numbered(450));
  const follower = await aFollower(t, admin);
  const first = entriesOf(await follower.next());
  follower.leave();
  const told = values(first);
  const resumed = await aFollower(t, admin, { 'last-event-id': writePosition(first.position) });
  for (let event = await resumed.next(); event?.kind === 'entries'; event = await resumed.next())
    told.push(...values(event));
  assert.deepEqual(
    told,
    numbered(450).map(({ value }) => value),
  );
});

test('A place of another history, or of none, begins anew.', async (t) => {
  const admin = await anAdmin(t);
  await admin.store.revocationLog.append(numbered(2));
  const elsewhere = aSqliteStore();
  await elsewhere.store.revocationLog.append(numbered(2));
  const other = await elsewhere.store.revocationLog.readAfter(startOfLog, 10);
  await elsewhere.close();
  const beyond = { ...other!.position, seq: 99 };
  for (const id of [writePosition(other!.position), writePosition(beyond), 'nonsense', '%00:7']) {
    const follower = await aFollower(t, admin, { 'last-event-id': id });
    assert.equal((await follower.next())?.kind, 'reset', id);
    assert.deepEqual(entriesOf(await follower.next()).after, startOfLog);
  }
});

test('The scope gatehouse:follow lets in here and nowhere else; no other token does.', async (t) => {
  const admin = await anAdmin(t);
  const token = await admin.issueOpaque({ audience: adminAudience, scope: followScope });
  const follower = await aFollower(t, { ...admin, token });
  assert.equal((await follower.next())?.kind, 'head');
  for (const path of ['/revocations', '/clients', '/audit', '/metrics']) {
    assertProblem(await admin.call('GET', path, { token }), 403, 'scope_insufficient');
  }
  assertProblem(await admin.call('POST', '/revocations', { token, body: {} }), 403, 'scope_insufficient');
  const headers = { accept: 'text/event-stream' };
  assertProblem(await admin.call('GET', '/revocations', { token: undefined, headers }), 401, 'credential_missing');
  const useless = await admin.issueOpaque();
  assertProblem(await admin.call('GET', '/revocations', { token: useless, headers }), 401, 'audience_mismatch');
});

test('A stream ends soon after its token was revoked.', async (t) => {
  const admin = await anAdmin(t);
  const token = await admin.issueOpaque({ audience: adminAudience, scope: followScope });
  const follower = await aFollower(t, { ...admin, token });
  await follower.next();
  await admin.call('POST', '/revocations', { body: { kind: 'token', token } });
  const revokedAt = performance.now();
  while ((await follower.next()) !== undefined);
  assert.ok(performance.now() - revokedAt < 2500);
});

test('Streams end when the program stops, and none begins.', async (t) => {
  const admin = await anAdmin(t);
  const follower = await aFollower(t, admin);
  await follower.next();
  admin.close();
  while ((await follower.next()) !== undefined);
  const { response } = await aFollower(t, admin);
  assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '1']);
});

const never = () => Promise.reject(new Error('not asked for'));
const withoutAnswer = { revoke: never, revokeEverywhere: never, whereInForce: never, list: never };

test('A stream ends where the log cannot be read, and the reason is announced.', async (t) => {
  const failures: unknown[] = [];
  t.after(adminFailures.listen(({ error }) => failures.push(error)));
  const log = { head: never, readAfter: () => Promise.reject(new Error('no connection')) };
  const revocations = { ...withoutAnswer, log };
  const admin = await anAdmin(t, {}, { revocations });
  assert.equal(await (await aFollower(t, admin)).next(), undefined);
  assert.deepEqual(failures, [new Error('no connection')]);
});

test('Of a reader that takes nothing, no more is read than fits in the buffers of the connection, and it is cut off.', async (t) => {
  let reads = 0;
  const page = Array.from({ length: 200 }, (_, n) => ({ ...entry(sha256Hex(String(n))), seq: 0, at: 0 }));
  const log = {
    head: never,
    readAfter: ({ seq: last }: { seq: number }) => {
      reads++;
      const entries = page.map((each, n) => ({ ...each, seq: last + n + 1 }));
      return Promise.resolve({ entries, position: { seq: last + page.length, mark: 'm' }, isLast: false });
    },
  };
  const revocations = { ...withoutAnswer, log };
  const admin = await anAdmin(t, {}, { revocations });
  const socket = connect(Number(new URL(admin.url).port), '127.0.0.1');
  const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
  socket.pause();
  const lines = [
    'GET /revocations HTTP/1.1',
    'Host: 127.0.0.1',
    'Accept: text/event-stream',
    `Authorization: Bearer ${admin.token}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const readAtFirst = reads;
  assert.ok(readAtFirst > 1 && readAtFirst < 1000, `${readAtFirst} pages`);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  assert.equal(reads, readAtFirst);
  socket.resume();
  await closed;
});
