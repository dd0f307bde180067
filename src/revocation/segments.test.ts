import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Segments } from './segments.ts';

const read = (items: Segments, index: number): number => items.at(index).getUint32(items.offset(index));

/** Appends items, each of which says its own number. */
function grow(items: Segments, to: number): void {
  while (items.length < to) {
    const index = items.push();
    items.at(index).setUint32(items.offset(index), index + 1);
  }
}

for (const length of [1, 8, 9, 1000, 1024, 1025, 5000]) {
  test(`Of ${length} items each keeps its place, while others come and go behind it.`, () => {
    const items = new Segments(12);
    grow(items, length);
    grow(items, 2 * length + 1);
    while (items.length > length) items.pop();
    assert.equal(items.length, length);
    for (let index = 0; index < length; index++) assert.equal(read(items, index), index + 1);
    grow(items, 3 * length);
    for (let index = 0; index < 3 * length; index++) assert.equal(read(items, index), index + 1);
  });
}

test('A short array takes little room, and a long one no more than a segment too much.', () => {
  const room = (length: number): number => {
    const before = process.memoryUsage().arrayBuffers;
    const items = new Segments(52);
    grow(items, length);
    const after = process.memoryUsage().arrayBuffers;
    assert.equal(items.length, length);
    return after - before;
  };
  assert.ok(room(1) <= 8 * 52);
  assert.ok(room(100) <= 128 * 52);
  assert.ok(room(10_000) <= 11 * 1024 * 52);
});

test('What is not there cannot be read.', () => {
  const items = new Segments(4);
  assert.throws(() => items.at(0), RangeError);
  grow(items, 1024);
  assert.throws(() => items.at(1024), RangeError);
});
