import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FairQueue } from './fair-queue.ts';

const [mine, yours, theirs] = [{}, {}, {}];

function takeAll(queue: FairQueue<string>): string {
  let taken = '';
  while (!queue.isEmpty) taken += queue.take();
  return taken;
}

test('one owner is served in order, several in turn', () => {
  const queue = new FairQueue<string>(10);
  for (const item of 'abcd') queue.add(mine, item, 1);
  for (const item of 'xy') queue.add(yours, item, 1);
  queue.add(theirs, '1', 1);
  assert.equal(takeAll(queue), 'ax1bycd');
  assert.equal(queue.take(), undefined);
});

test('whoever comes while another has much waiting is served after one of them', () => {
  const queue = new FairQueue<string>(10);
  for (const item of 'abcd') queue.add(mine, item, 1);
  assert.equal(queue.take(), 'a');
  queue.add(yours, 'x', 1);
  assert.equal(takeAll(queue), 'bxcd');
});

test('what one owner may have waiting is bounded by weight, and is nothing to others', () => {
  const queue = new FairQueue<string>(10);
  assert.ok(queue.add(mine, 'a', 6));
  assert.ok(!queue.add(mine, 'b', 5));
  assert.ok(queue.add(mine, 'c', 4));
  assert.ok(!queue.add(mine, 'd', 1));
  assert.ok(queue.add(yours, 'x', 10));
  assert.equal(queue.take(), 'a');
  assert.ok(queue.add(mine, 'e', 6));
  assert.equal(takeAll(queue), 'xce');
});

test('what is too heavy by itself never gets in, and leaves nothing behind', () => {
  const queue = new FairQueue<string>(10);
  assert.ok(!queue.add(mine, 'a', 11));
  assert.ok(queue.isEmpty);
});
