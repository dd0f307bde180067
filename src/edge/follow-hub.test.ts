import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aHub, type TestHub } from '../../test/fixtures/a-hub.ts';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import { until } from '../../test/store/until.ts';
import { systemClock } from '../base/clock.ts';
import { createHttpClient } from '../net/index.ts';
import { type FollowedRevocations, type NewRevocation, revocationLogUnreadable } from '../revocation/index.ts';
import { type FollowHubOptions, followHub } from './follow-hub.ts';
import { HubFailure } from './hub-failure.ts';

const issuer = 'https://acme.example';

function entry(value: string): NewRevocation {
  return { issuer, kind: 'subject', value, expiresAt: systemClock() + 3_600_000, actor: 'test' };
}

const holds = ({ index }: FollowedRevocations, subject: string): boolean =>
  index.match(aPrincipal({ issuer, subject, issuedAt: 1 })) !== undefined;

function anEdge(t: TestContext, hub: TestHub, options: Partial<FollowHubOptions> = {}): FollowedRevocations {
  const http = createHttpClient({ timeout: 2000 });
  const edge = followHub({
    hub: hub.options,
    http,
    clock: systemClock,
    maxStalenessMs: 2000,
    name: 'edge-1',
    ...options,
  });
  t.after(async () => {
    await edge.stop();
    await http.close();
  });
  return edge;
}

function failuresOf(t: TestContext): string[] {
  const codes: string[] = [];
  t.after(
    revocationLogUnreadable.listen(({ error }) => codes.push(error instanceof HubFailure ? error.code : 'other')),
  );
  return codes;
}

test('It is ready when it has all of a long log, and hears of what comes within milliseconds.', async (t) => {
  const hub = await aHub(t);
  await hub.log.append(Array.from({ length: 1000 }, (_, n) => entry(`subject-${n}`)));
  const edge = anEdge(t, hub);
  assert.equal(edge.isStale(), true);
  await edge.start();
  assert.equal(edge.isStale(), false);
  assert.equal(edge.index.size, 1000);
  assert.equal(edge.index.lastSeq, await hub.log.head());
  await hub.log.append([entry('late')]);
  await until(() => holds(edge, 'late'), 'it', 500);
});

test('It is on the roster, with how far it has come, until it stops.', async (t) => {
  const hub = await aHub(t);
  const edge = anEdge(t, hub);
  await edge.start();
  const listed = async () => (await hub.admin.store.gatewayRoster.list()).gateways;
  const [first] = await listed();
  assert.deepEqual([first?.name, first?.leaseMs], ['edge-1', 2000]);
  const [appended] = await hub.log.append([entry('mira')]);
  await until(async () => (await listed())[0]?.applied.seq === appended?.seq);
  await edge.stop();
  assert.deepEqual(await listed(), []);
});

test('It goes stale while it is cut off, knows that it is, and misses nothing when it is back.', async (t) => {
  const failures = failuresOf(t);
  const hub = await aHub(t);
  const edge = anEdge(t, hub);
  await edge.start();
  hub.link.fallSilent();
  await hub.log.append([entry('meanwhile')]);
  await until(() => edge.isStale(), 'it', 4000);
  assert.equal(holds(edge, 'meanwhile'), false);
  hub.link.cut();
  hub.link.recover();
  await until(() => !edge.isStale(), 'it', 4000);
  assert.equal(holds(edge, 'meanwhile'), true);
  assert.ok(failures.length > 0);
});

test('Where the hub has another database, the index is made anew, and the one in use stands until then.', async (t) => {
  const hub = await aHub(t);
  await hub.log.append([entry('old'), entry('older')]);
  const edge = anEdge(t, hub);
  await edge.start();
  const other = await aHub(t);
  await other.log.append([entry('new'), entry('newer')]);
  hub.leadTo(other.admin);
  await until(() => holds(edge, 'new'));
  assert.deepEqual([holds(edge, 'old'), holds(edge, 'newer'), edge.index.size], [false, true, 2]);
  assert.deepEqual(edge.follower.applied, (await other.log.readAfter(edge.follower.applied, 1))?.position);
});

test('A token is used until it is about to expire, and one that is refused is not used again.', async (t) => {
  const hub = await aHub(t);
  const edge = anEdge(t, hub);
  await edge.start();
  for (let n = 0; n < 3; n++) {
    const { confirmedAt } = edge.follower;
    hub.link.cut();
    await until(() => edge.follower.confirmedAt > confirmedAt);
  }
  assert.equal(hub.asked(), 1);
  await hub.admin.call('POST', '/revocations', {
    body: { kind: 'client', issuer: 'provider', value: 'edge-1', before: Date.now() / 1000 - 1 },
  });
  await until(() => hub.asked() > 1, 'it', 4000);
});

test('A token of a short life is renewed in time.', async (t) => {
  const hub = await aHub(t);
  hub.lifetime = 1;
  const edge = anEdge(t, hub);
  await edge.start();
  await until(() => hub.asked() >= 3, 'it', 5000);
  assert.equal(edge.isStale(), false);
});

test('A client that is refused is told what to compare, and the secret is in no failure.', async (t) => {
  const failures = failuresOf(t);
  const errors: unknown[] = [];
  t.after(revocationLogUnreadable.listen(({ error }) => errors.push(error)));
  const hub = await aHub(t);
  const edge = anEdge(t, hub);
  await edge.start();
  hub.lifetime = undefined;
  await hub.admin.call('POST', '/revocations', { body: { kind: 'client', issuer: 'provider', value: 'edge-1' } });
  await until(() => failures.includes('token_refused'), 'it', 5000);
  await until(() => edge.isStale(), 'it', 4000);
  const told = JSON.stringify(errors.map((error) => ({ ...(error as object), text: String(error) })));
  assert.match(told, /gatehouse:follow/);
  assert.doesNotMatch(told, /a secret|gho_/);
});

test('What the stream says counts from when it was asked: late news is no news, whatever the clocks of the machines say.', async (t) => {
  const failures = failuresOf(t);
  const hub = await aHub(t);
  // The hub's wall clock is of no account, and neither is that of the edge.
  const edge = anEdge(t, hub, { clock: () => systemClock() - 86_400_000 });
  await edge.start();
  assert.equal(edge.isStale(), false);
  assert.ok(edge.stalenessMs() >= 0 && edge.stalenessMs() < 1500);
  let skipped = 0;
  const slow = anEdge(t, hub, { monotonic: () => performance.now() + skipped });
  await slow.start();
  skipped = 1500; // As if what comes now had been under way for so long.
  await until(() => failures.includes('stream_late'), 'it', 3000);
  await until(() => !slow.isStale(), 'it', 3000);
});
