import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { watchConfig } from './watch-config.ts';

const quiet = 20;

async function watched(context: TestContext): Promise<{ folder: string; file: string; changes: () => number }> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-watch-'));
  const file = join(folder, 'gatehouse.yaml');
  await writeFile(file, 'one');
  let count = 0;
  const stop = await watchConfig(file, () => count++, { quiet });
  context.after(async () => {
    stop();
    await rm(folder, { recursive: true });
  });
  return { folder, file, changes: () => count };
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    assert.ok(waited < 5000, 'nothing happened');
    await pause(5);
  }
}

test('a change is told once, after it is over', async (context) => {
  const { file, changes } = await watched(context);
  for (const text of ['two', 'three', 'four']) await writeFile(file, text);
  await until(() => changes() === 1);
  await pause(3 * quiet);
  assert.equal(changes(), 1);
});

test('an editor that writes another file and renames it is not lost', async (context) => {
  const { folder, file, changes } = await watched(context);
  for (const [index, text] of ['two', 'three'].entries()) {
    await writeFile(join(folder, '.new'), text);
    await rename(join(folder, '.new'), file);
    await until(() => changes() === index + 1);
  }
});

test('a link that is swapped is followed, as Kubernetes swaps them', async (context) => {
  const { folder, file, changes } = await watched(context);
  await writeFile(join(folder, 'version-2'), 'two');
  await symlink('version-2', join(folder, '.link'));
  await rename(join(folder, '.link'), file);
  await until(() => changes() === 1);
});

test('what does not change the content is not told', async (context) => {
  const { folder, file, changes } = await watched(context);
  await writeFile(join(folder, 'other'), 'x');
  await writeFile(file, 'one');
  await pause(5 * quiet);
  assert.equal(changes(), 0);
});

test('nothing is told any more after it was stopped', async (context) => {
  const { file } = await watched(context);
  let count = 0;
  const stop = await watchConfig(file, () => count++, { quiet });
  await writeFile(file, 'two');
  stop();
  await pause(5 * quiet);
  assert.equal(count, 0);
});
