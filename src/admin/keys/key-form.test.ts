import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SigningKey } from '../../provider/index.ts';
import { describeKeys } from './key-form.ts';

const now = 1_800_000_000_000;

function aKey(id: string, signsFrom: number | undefined, publishedUntil?: number): SigningKey {
  return { id, algorithm: 'ES256', privateKey: { kty: 'EC', d: 'x' }, createdAt: 0, signsFrom, publishedUntil };
}

test('the key that began last signs, earlier ones are retired, later ones are next', () => {
  const keys = [aKey('old', now - 9, now + 9), aKey('now', now), aKey('soon', now + 1), aKey('next', undefined)];
  const told = describeKeys(keys, now);
  assert.deepEqual(
    told.map(({ kid, state }) => [kid, state]),
    [
      ['old', 'retired'],
      ['now', 'signing'],
      ['soon', 'next'],
      ['next', 'next'],
    ],
  );
  assert.ok(!JSON.stringify(told).includes('privateKey') && !JSON.stringify(told).includes('"d"'));
});

test('a key that is published no more is not listed', () => {
  assert.deepEqual(describeKeys([aKey('gone', now - 9, now)], now), []);
});
