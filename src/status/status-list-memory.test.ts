import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Remembered, StatusListMemory } from './status-list-memory.ts';

function aList(weight: number, lastUsed: number): Remembered & { dropped: boolean; weight: number } {
  const list = {
    weight,
    lastUsed,
    dropped: false,
    drop: () => {
      list.dropped = true;
    },
  };
  return list;
}

test('keeps all lists while there is room', () => {
  const memory = new StatusListMemory(100);
  const lists = [aList(50, 1), aList(50, 2)];
  for (const list of lists) memory.admit(list);
  assert.equal(memory.weight, 100);
  assert.ok(lists.every(({ dropped }) => !dropped));
});

test('gives up those that were not used for longest, until there is room again', () => {
  const memory = new StatusListMemory(100);
  const [old, older, recent] = [aList(30, 2), aList(30, 1), aList(30, 9)];
  for (const list of [old, older, recent]) memory.admit(list);
  memory.admit(aList(20, 10));
  assert.deepEqual([old.dropped, older.dropped, recent.dropped], [true, true, false]);
  assert.equal(memory.size, 2);
  assert.ok(memory.weight <= 75);
});

test('makes room for a list that has grown, which itself stays', () => {
  const memory = new StatusListMemory(100);
  const [grown, other] = [aList(10, 1), aList(40, 2)];
  for (const list of [grown, other]) memory.admit(list);
  grown.weight = 200;
  memory.admit(grown);
  assert.deepEqual([grown.dropped, other.dropped], [false, true]);
});

test('does not count what was forgotten', () => {
  const memory = new StatusListMemory(100);
  const list = aList(60, 1);
  memory.admit(list);
  memory.forget(list);
  assert.equal(memory.weight, 0);
});
