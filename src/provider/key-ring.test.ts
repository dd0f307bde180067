import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { currentKey, firstKeys, leadTime, publishedKeys, rotate } from './key-ring.ts';
import type { SigningKey } from './ports/signing-key-store.ts';

const start = 1_790_000_000_000;

function key(id: string, createdAt: number): SigningKey {
  return { id, algorithm: 'ES256', privateKey: {}, createdAt, signsFrom: undefined, publishedUntil: undefined };
}

const plan = (next: SigningKey, longestLifetime = 600_000, lastExpiry = 0) => ({ next, longestLifetime, lastExpiry });

test('the first key signs at once, and the next one is published beside it', () => {
  const keys = firstKeys(key('a', start), key('b', start), start);
  assert.equal(currentKey(keys, start)?.id, 'a');
  assert.equal(currentKey(keys, start - 1), undefined);
  assert.deepEqual(
    publishedKeys(keys, start).map(({ id }) => id),
    ['a', 'b'],
  );
});

test('a key that was published long enough signs from the moment of the rotation', () => {
  const now = start + leadTime;
  const keys = rotate(firstKeys(key('a', start), key('b', start), start), plan(key('c', now)), now);
  assert.equal(currentKey(keys, now)?.id, 'b');
  assert.deepEqual(
    keys.map(({ id }) => id),
    ['a', 'b', 'c'],
  );
});

test('a key that nobody may have seen yet waits, and the old one signs meanwhile', () => {
  const keys = rotate(firstKeys(key('a', start), key('b', start), start), plan(key('c', start)), start + 10);
  assert.equal(currentKey(keys, start + 10)?.id, 'a');
  assert.equal(currentKey(keys, start + leadTime)?.id, 'b');
});

test('a retired key stays published until the last of its tokens has expired, whatever lifetime that was given', () => {
  const now = start + leadTime;
  const first = firstKeys(key('a', start), key('b', start), start);
  const late = rotate(first, plan(key('c', now), 600_000, now + 9_000_000), now);
  const soon = rotate(first, plan(key('c', now), 600_000), now);
  const has = (keys: readonly SigningKey[], at: number) => publishedKeys(keys, at).some(({ id }) => id === 'a');
  assert.ok(has(late, now + 9_000_000));
  assert.ok(has(soon, now + 600_000));
  assert.ok(!has(soon, now + 700_000));
});

test('for any rotations, one key signs at every moment, it was published before, and stays so for its tokens', () => {
  const pause = fc.integer({ min: 0, max: 20_000 });
  fc.assert(
    fc.property(fc.array(pause, { minLength: 1, maxLength: 12 }), (pauses) => {
      const longestLifetime = 30_000;
      let now = start;
      let keys = firstKeys(key('0', start), key('1', start), start);
      const history = [{ at: now, keys }];
      for (const [index, wait] of pauses.entries()) {
        now += wait;
        keys = rotate(keys, plan(key(String(index + 2), now), longestLifetime), now);
        history.push({ at: now, keys });
      }
      for (const [index, { at, keys: then }] of history.entries()) {
        const until = history[index + 1]?.at ?? at + 20_000;
        for (const moment of [at, at + leadTime, until - 1]) {
          if (moment < at || moment >= until) continue;
          const signer = currentKey(then, moment);
          assert.ok(signer);
          assert.ok(signer.id === '0' || signer.createdAt + leadTime <= moment);
          const latest = history.filter(({ at: then }) => then <= moment + longestLifetime).at(-1);
          assert.ok(publishedKeys(latest?.keys ?? [], moment + longestLifetime).some(({ id }) => id === signer.id));
        }
      }
    }),
  );
});
