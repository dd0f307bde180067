import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Slots } from './slots.ts';

test('so many get a slot at once, as many wait, and the rest is turned away', async () => {
  const slots = new Slots(2, 60_000);
  assert.deepEqual(await Promise.all([slots.take(), slots.take()]), [true, true]);
  const waiting = [slots.take(), slots.take()];
  assert.equal(await slots.take(), false);
  assert.deepEqual([slots.taken, slots.waiting], [2, 2]);
  slots.giveBack();
  slots.giveBack();
  assert.deepEqual(await Promise.all(waiting), [true, true]);
  assert.deepEqual([slots.taken, slots.waiting], [2, 0]);
});

test('whoever has waited longest is next', async () => {
  const slots = new Slots(3, 60_000);
  await Promise.all([slots.take(), slots.take(), slots.take()]);
  const order: number[] = [];
  const waiting = [1, 2, 3].map((number) => slots.take().then(() => order.push(number)));
  for (let slot = 0; slot < 3; slot++) slots.giveBack();
  await Promise.all(waiting);
  assert.deepEqual(order, [1, 2, 3]);
});

test('patience ends, and takes no slot along', async () => {
  const slots = new Slots(1, 5);
  await slots.take();
  assert.equal(await slots.take(), false);
  assert.deepEqual([slots.taken, slots.waiting], [1, 0]);
  slots.giveBack();
  assert.equal(slots.taken, 0);
  assert.equal(await slots.take(), true);
});
