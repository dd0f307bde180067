import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PreparedRevocation } from '../../revocation/index.ts';
import { AppendQueue } from './append-queue.ts';

const entry: PreparedRevocation = { issuer: 'i', kind: 'jti', value: 'v', expiresAt: 9, actor: 'a', at: 1 };

/** Commits when it is told to, and counts the entries of each commit. */
function slowLog() {
  const commits: number[] = [];
  const pending: PromiseWithResolvers<number>[] = [];
  let head = 0;
  const queue = new AppendQueue((entries) => {
    commits.push(entries.length);
    const commit = Promise.withResolvers<number>();
    pending.push(commit);
    return commit.promise;
  });
  const settle = async (error?: Error): Promise<void> => {
    const commit = pending.shift();
    if (error === undefined) head += commits.at(-1) ?? 0;
    if (error === undefined) commit?.resolve(head);
    else commit?.reject(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, commits, settle };
}

test('The first append goes at once; what comes meanwhile goes together, each with its own numbers.', async () => {
  const { queue, commits, settle } = slowLog();
  const appends = [[entry], [entry, entry], [entry]].map((entries) => queue.append(entries));
  assert.deepEqual(commits, [1]);
  await settle();
  assert.deepEqual(commits, [1, 3]);
  await settle();
  const numbers = (await Promise.all(appends)).map((entries) => entries.map(({ seq }) => seq));
  assert.deepEqual(numbers, [[1], [2, 3], [4]]);
});

test('A commit that fails fails those who are in it, and nobody else.', async () => {
  const { queue, settle } = slowLog();
  const outcomes = Promise.allSettled([queue.append([entry]), queue.append([entry])]);
  await settle(new Error('lost'));
  await settle();
  assert.deepEqual(
    (await outcomes).map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
});

test('A commit grows no larger than a thousand entries, but for a single append that is.', async () => {
  const { queue, commits, settle } = slowLog();
  const sizes = [1, 600, 400, 1, 2500, 1];
  const appends = sizes.map((size) => queue.append(Array.from({ length: size }, () => entry)));
  for (let n = 0; n < sizes.length; n++) await settle();
  await Promise.all(appends);
  await queue.settled();
  assert.deepEqual(commits, [1, 1000, 1, 2500, 1]);
});
