import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { Buckets } from './buckets.ts';

const hashes = Array.from({ length: 2000 }, () => randomInt(2 ** 32) | 0);

const placesIn = (buckets: Buckets): readonly number[] => hashes.map((hash) => buckets.of(hash));

test('A new bucket takes its part of one other, and gives it back when it goes; nothing else moves.', () => {
  const buckets = new Buckets();
  const history: (readonly number[])[] = [];
  while (buckets.length < 300) {
    const before = placesIn(buckets);
    history.push(before);
    const parent = buckets.add();
    const added = buckets.length - 1;
    for (const [n, place] of placesIn(buckets).entries()) {
      if (place === added) assert.equal(before[n], parent);
      else assert.equal(place, before[n]);
    }
  }
  for (const before of history.reverse()) {
    buckets.removeLast();
    assert.deepEqual(placesIn(buckets), before);
  }
});

test('No bucket has more than its share of hashes, however many buckets there are.', () => {
  const buckets = new Buckets();
  while (buckets.length < 20) {
    const counts = new Map<number, number>();
    for (const place of placesIn(buckets)) counts.set(place, (counts.get(place) ?? 0) + 1);
    assert.equal(counts.size, buckets.length);
    // Those that are not split yet have twice as many as the others, so at most twice the average.
    for (const count of counts.values()) assert.ok(count < (2.6 * hashes.length) / buckets.length);
    buckets.add();
  }
});

test('A new bucket is empty, also where another was before.', () => {
  const buckets = new Buckets();
  buckets.add();
  buckets.setFirst(1, 7);
  assert.equal(buckets.first(1), 7);
  buckets.removeLast();
  buckets.add();
  assert.equal(buckets.first(1), 0);
  assert.equal(buckets.first(0), 0);
});
