import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listSize, placeAt } from './place-order.ts';

const orderOf = (seed: string): readonly number[] => Array.from({ length: listSize }, (_, nth) => placeAt(seed, nth));

test('gives every place of a list exactly once', () => {
  const places = new Set(orderOf('a seed'));
  assert.equal(places.size, listSize);
  assert.ok([...places].every((place) => place >= 0 && place < listSize));
});

test('gives them in an order that another seed does not share', () => {
  const [one, other] = [orderOf('a seed'), orderOf('another seed')];
  assert.ok(one.filter((place, nth) => place === other[nth]).length < 10);
});

test('gives them in no order that shows: neighbours are as far apart as chance would have it', () => {
  const places = orderOf('a seed');
  const steps = places.slice(1).map((place, nth) => Math.abs(place - (places[nth] ?? 0)));
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  assert.ok(Math.abs(mean - listSize / 3) < listSize / 50, `${mean}`);
  const risen = places.slice(1).filter((place, nth) => place > (places[nth] ?? 0)).length;
  assert.ok(Math.abs(risen / steps.length - 0.5) < 0.02);
});
