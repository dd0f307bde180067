import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import { aSqliteStore, type TemporarySqliteStore } from '../../test/fixtures/a-sqlite-store.ts';
import { revocationLogReplaced, revocationLogUnreadable, revocationsApplied } from './channels.ts';
import type { LogPosition } from './log-position.ts';
import type { NewRevocation } from './revocation.ts';
import { type FollowerOptions, RevocationFollower } from './revocation-follower.ts';
import { RevocationIndex } from './revocation-index.ts';
import type { RevocationLog } from './revocation-log.ts';

const principal = aPrincipal();
let now = 1_790_000_100_000;
let engine: TemporarySqliteStore;
let log: RevocationLog;
let followers: RevocationFollower[];

beforeEach(() => {
  engine = aSqliteStore(() => now);
  log = engine.store.revocationLog;
  followers = [];
});
afterEach(async () => {
  for (const follower of followers) follower.stop();
  await engine.close();
});

function follow(options: Partial<FollowerOptions> = {}) {
  const index = new RevocationIndex();
  const follower = new RevocationFollower({ log, index, clock: () => now, monotonic: () => now, ...options });
  followers.push(follower);
  return { index, follower, stalenessMs: () => now - follower.confirmedAt };
}

function entry(value: string = principal.subject ?? ''): NewRevocation {
  return { issuer: principal.issuer, kind: 'subject', value, expiresAt: now + 3_600_000, actor: 'test' };
}

function entriesNamed(count: number): NewRevocation[] {
  return Array.from({ length: count }, (_, n) => entry(`subject-${n}`));
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'it did not come to pass within 5 seconds');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** The same log, for as long as it can be asked. */
function failing(): { readonly log: RevocationLog; broken: boolean } {
  const state = {
    broken: true,
    log: {
      ...log,
      readAfter: (position: LogPosition, limit: number) =>
        state.broken ? Promise.reject(new Error('no connection')) : log.readAfter(position, limit),
    },
  };
  return state;
}

test('It is ready when it has read the whole log, page by page, and not before.', async () => {
  await log.append([...entriesNamed(25), entry()]);
  const { index, follower, stalenessMs } = follow({ batchSize: 4 });
  assert.equal(follower.ready, false);
  assert.equal(stalenessMs(), Number.POSITIVE_INFINITY);
  await follower.start();
  assert.equal(follower.ready, true);
  assert.equal(index.size, 26);
  assert.equal(index.lastSeq, await log.head());
  assert.ok(index.match(principal));
});

test('It is ready at once where the log is empty.', async () => {
  const { index, follower } = follow();
  await follower.start();
  assert.equal(index.size, 0);
});

test('It hears of what other processes append, within milliseconds.', async () => {
  const { index, follower } = follow({ pollMs: 60_000 });
  await follower.start();
  await engine.another().revocationLog.append([entry()]);
  await until(() => index.match(principal) !== undefined);
});

test('It catches up by polling where no wake-up comes.', async () => {
  const { readAfter, append, head, list, purge } = log;
  const { index, follower } = follow({ pollMs: 5, log: { readAfter, append, head, list, purge } });
  await follower.start();
  await log.append([entry()]);
  await until(() => index.match(principal) !== undefined);
});

test('A caller that asks to catch up sees all that was in the log when it asked.', async () => {
  const { index, follower } = follow({ batchSize: 3 });
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const [appended] = await log.append([entry(`subject-${n}`)]);
      await follower.catchUp();
      assert.ok(index.lastSeq >= appended!.seq);
      assert.ok(index.match({ ...principal, subject: `subject-${n}` }));
    }),
  );
});

test('It tries again until the log can be read, and says so meanwhile.', async () => {
  const failures: unknown[] = [];
  const stop = revocationLogUnreadable.listen(({ error }) => failures.push(error));
  const state = failing();
  const { follower } = follow({ log: state.log, pollMs: 5 });
  const started = follower.start();
  await until(() => failures.length >= 2);
  assert.equal(follower.ready, false);
  await assert.rejects(follower.catchUp(), /no connection/);
  state.broken = false;
  await started;
  stop();
  assert.equal(follower.ready, true);
});

test('It grows stale while the log cannot be read, and is fresh again after.', async () => {
  const state = failing();
  state.broken = false;
  const { index, follower, stalenessMs } = follow({ log: state.log, pollMs: 60_000 });
  await follower.start();
  assert.equal(stalenessMs(), 0);
  state.broken = true;
  now += 7000;
  await assert.rejects(follower.catchUp());
  assert.equal(stalenessMs(), 7000);
  await log.append([entry()]);
  state.broken = false;
  await follower.catchUp();
  assert.equal(stalenessMs(), 0);
  assert.ok(index.match(principal));
});

/** A log whose database can be exchanged for another, as by a restored backup. */
async function exchangeable(entries: readonly NewRevocation[]) {
  const another = aSqliteStore(() => now);
  await another.store.revocationLog.append(entries);
  const state = {
    current: log,
    log: { ...log, readAfter: (position: LogPosition, limit: number) => state.current.readAfter(position, limit) },
    exchange: () => {
      state.current = another.store.revocationLog;
    },
    close: () => another.close(),
  };
  return state;
}

test('Where the log has another history, it is read from the start, and what was only in the old one is gone.', async () => {
  const replaced: number[] = [];
  const stop = revocationLogReplaced.listen(({ position }) => replaced.push(position.seq));
  await log.append([entry(), ...entriesNamed(5)]);
  for (const count of [3, 6, 9]) {
    const other = await exchangeable(entriesNamed(count));
    const { index, follower } = follow({ log: other.log, batchSize: 2, pollMs: 60_000 });
    await follower.start();
    assert.ok(index.match(principal));
    const version = index.version;
    other.exchange();
    await follower.catchUp();
    assert.deepEqual([index.size, index.lastSeq, follower.applied.seq], [count, count, count]);
    assert.equal(index.match(principal), undefined);
    assert.ok(index.version > version);
    await other.close();
  }
  stop();
  assert.deepEqual(replaced, [6, 6, 6]);
});

test('The index in use stands until another history was read to the end, however often that breaks off.', async () => {
  await log.append([entry()]);
  const other = await exchangeable(entriesNamed(9));
  let reads = 0;
  const breaking = {
    ...other.log,
    readAfter: (position: LogPosition, limit: number) =>
      ++reads % 3 === 0 ? Promise.reject(new Error('cut off')) : other.log.readAfter(position, limit),
  };
  const { index, follower, stalenessMs } = follow({ log: breaking, batchSize: 2, pollMs: 60_000 });
  await follower.start();
  now += 7000;
  other.exchange();
  for (let attempt = 0; attempt < 3; attempt++) {
    await assert.rejects(follower.catchUp(), /cut off/);
    assert.ok(index.match(principal));
    assert.equal(stalenessMs(), 7000);
  }
  await follower.catchUp();
  assert.equal(stalenessMs(), 0);
  assert.equal(index.match(principal), undefined);
  assert.equal(index.size, 9);
  await other.close();
});

test('What it applies is announced, and old news is told from new.', async () => {
  const announced: [number, boolean][] = [];
  const stop = revocationsApplied.listen(({ entries, initial }) => announced.push([entries.length, initial]));
  await log.append(entriesNamed(3));
  const { follower } = follow();
  await follower.start();
  await log.append([entry()]);
  await follower.catchUp();
  stop();
  assert.deepEqual(announced, [
    [3, true],
    [1, false],
  ]);
});

test('It hears nothing more once it is stopped.', async () => {
  const { index, follower } = follow({ pollMs: 5 });
  await follower.start();
  follower.stop();
  await log.append([entry()]);
  await new Promise((resolve) => setTimeout(resolve, 40));
  assert.equal(index.size, 0);
});
