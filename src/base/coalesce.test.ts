import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coalesce } from './coalesce.ts';

test('Callers of one moment share a run, and callers during a run share the next one.', async () => {
  const ends: (() => void)[] = [];
  let runs = 0;
  const call = coalesce(async () => {
    const run = ++runs;
    await new Promise<void>((resolve) => ends.push(resolve));
    return run;
  });
  const first = [call(), call()];
  await new Promise(setImmediate);
  const second = [call(), call()];
  ends[0]?.();
  assert.deepEqual(await Promise.all(first), [1, 1]);
  await new Promise(setImmediate);
  ends[1]?.();
  assert.deepEqual(await Promise.all(second), [2, 2]);
  assert.equal(runs, 2);
});

test('A run that fails fails for those who waited for it alone.', async () => {
  let runs = 0;
  const call = coalesce(async () => {
    if (++runs === 1) throw new Error('no connection');
    return runs;
  });
  const failing = call();
  await assert.rejects(failing, /no connection/);
  assert.equal(await call(), 2);
});
