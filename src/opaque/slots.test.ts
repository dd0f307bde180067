import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Slots } from './slots.ts';

test('so many get a slot at once, as many wait, and the rest is turned away', async () => {
  const slots = new Slots(2, 60_000);
  assert.deepEqual(await Promise.all([slots.take('stranger'), slots.take('stranger')]), [true, true]);
  const waiting = [slots.take('stranger'), slots.take('stranger')];
  assert.equal(await slots.take('stranger'), false);
  assert.deepEqual([slots.taken, slots.waiting], [2, 2]);
  slots.giveBack();
  slots.giveBack();
  assert.deepEqual(await Promise.all(waiting), [true, true]);
  assert.deepEqual([slots.taken, slots.waiting], [2, 0]);
});

test('whoever has waited longest is next', async () => {
  const slots = new Slots(3, 60_000);
  await Promise.all([slots.take('stranger'), slots.take('stranger'), slots.take('stranger')]);
  const order: number[] = [];
  const waiting = [1, 2, 3].map((number) => slots.take('stranger').then(() => order.push(number)));
  for (let slot = 0; slot < 3; slot++) slots.giveBack();
  await Promise.all(waiting);
  assert.deepEqual(order, [1, 2, 3]);
});

test('patience ends, and takes no slot along', async () => {
  const slots = new Slots(1, 5);
  await slots.take('stranger');
  assert.equal(await slots.take('stranger'), false);
  assert.deepEqual([slots.taken, slots.waiting], [1, 0]);
  slots.giveBack();
  assert.equal(slots.taken, 0);
  assert.equal(await slots.take('stranger'), true);
});

test('the known go first, and strangers leave them room to wait', async () => {
  const slots = new Slots(2, 60_000);
  await Promise.all([slots.take('stranger'), slots.take('stranger')]);
  const order: string[] = [];
  const waiting = (['stranger', 'stranger', 'known', 'known'] as const).map((standing) =>
    slots.take(standing).then(() => order.push(standing)),
  );
  assert.deepEqual([await slots.take('stranger'), await slots.take('known')], [false, false]);
  for (let slot = 0; slot < 4; slot++) slots.giveBack();
  await Promise.all(waiting);
  assert.deepEqual(order, ['known', 'known', 'stranger', 'stranger']);
  assert.deepEqual([slots.taken, slots.waiting], [2, 0]);
});
