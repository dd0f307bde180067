import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GivenPlaces, WantedPlaces } from '../ports/status-registry.ts';
import { PlaceGiver } from './place-giver.ts';
import { listSize } from './place-order.ts';

/** A registry in memory, which several givers may share. */
function aRegistry() {
  const calls: GivenPlaces[] = [];
  let [list, given, seed] = [1, 0, 'seed-1'];
  return {
    calls,
    async give({ count, size, seed: fresh }: WantedPlaces): Promise<GivenPlaces> {
      await Promise.resolve();
      if (given + count > size) [list, given, seed] = [list + 1, 0, fresh];
      const places = { list, seed, first: given, count };
      given += count;
      calls.push(places);
      return places;
    },
  };
}

test('no two tokens get one place, of whichever process', async () => {
  const registry = aRegistry();
  const givers = [1, 2, 3].map(() => new PlaceGiver(registry, () => 0));
  const places = await Promise.all(Array.from({ length: listSize + 1000 }, (_, n) => givers[n % 3]?.next()));
  assert.equal(new Set(places.map((place) => `${place?.list} ${place?.index}`)).size, listSize + 1000);
  assert.deepEqual(new Set(places.map((place) => place?.list)), new Set([1, 2]));
  assert.ok(places.every((place) => (place?.index ?? listSize) < listSize));
});

test('many who ask at once take one block', async () => {
  const registry = aRegistry();
  const giver = new PlaceGiver(registry, () => 0);
  await Promise.all(Array.from({ length: 64 }, () => giver.next()));
  assert.equal(registry.calls.length, 1);
  await giver.next();
  assert.equal(registry.calls.length, 2);
});

test('places that were left for ten minutes are not used any more', async () => {
  const registry = aRegistry();
  let now = 0;
  const giver = new PlaceGiver(registry, () => now);
  await giver.next();
  now = 10 * 60_000;
  await giver.next();
  assert.equal(registry.calls.length, 2);
});

test('a store that cannot be asked gives no place, and is asked again', async () => {
  const registry = aRegistry();
  let isDown = true;
  const give = (wanted: WantedPlaces) => (isDown ? Promise.reject(new Error('down')) : registry.give(wanted));
  const giver = new PlaceGiver({ give }, () => 0);
  await assert.rejects(giver.next(), /down/);
  isDown = false;
  assert.equal((await giver.next()).list, 1);
});
