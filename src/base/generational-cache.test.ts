import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GenerationalCache } from './generational-cache.ts';

const byLength = (key: string, value: string): number => key.length + value.length;

test('a value that was set is found until it is deleted', () => {
  const cache = new GenerationalCache<string>(100, byLength);
  cache.set('a', '1');
  assert.equal(cache.get('a'), '1');
  cache.delete('a');
  assert.equal(cache.get('a'), undefined);
});

test('an entry in use outlives entries that nobody asks for', () => {
  const cache = new GenerationalCache<string>(40, byLength);
  cache.set('kept', 'x');
  for (let i = 0; i < 100; i += 1) {
    cache.set(`n${i}`, 'y');
    assert.equal(cache.get('kept'), 'x');
  }
  assert.equal(cache.get('n0'), undefined);
});

test('an entry heavier than half of the capacity is not kept', () => {
  const cache = new GenerationalCache<string>(10, byLength);
  cache.set('a', 'x'.repeat(5));
  assert.equal(cache.get('a'), undefined);
});

test('for any sequence of writes, the entries never weigh more than the capacity and never hold a wrong value', () => {
  const write = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    value: fc.string({ maxLength: 12 }),
    drop: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 200 }), (writes) => {
      const cache = new GenerationalCache<string>(30, byLength);
      const latest = new Map<string, string>();
      for (const { key, value, drop } of writes) {
        if (drop) cache.delete(key);
        else cache.set(key, value);
        latest.set(key, drop ? '' : value);
        let weight = 0;
        for (const [name, expected] of latest) {
          const found = cache.get(name);
          if (found === undefined) continue;
          assert.equal(found, expected);
        }
        for (const name of latest.keys()) weight += (cache.get(name)?.length ?? -1) + 1;
        assert.ok(weight <= 30);
      }
    }),
  );
});
