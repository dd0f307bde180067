import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnknownKids } from './unknown-kids.ts';

const now = 1_790_000_000_000;

test('a kid is remembered for a minute', () => {
  const kids = new UnknownKids();
  kids.add('a', now);
  assert.equal(kids.has('a', now + 59_999), true);
  assert.equal(kids.has('a', now + 60_000), false);
  assert.equal(kids.has('b', now), false);
});

test('a clock that was set back does not prolong the memory', () => {
  const kids = new UnknownKids();
  kids.add('a', now);
  assert.equal(kids.has('a', now - 3_600_000), false);
});

test('the memory is bounded, and the oldest go first', () => {
  const kids = new UnknownKids();
  for (let index = 0; index < 5000; index++) kids.add(`kid-${index}`, now);
  assert.equal(kids.size, 1000);
  assert.equal(kids.has('kid-4999', now), true);
  assert.equal(kids.has('kid-0', now), false);
});

test('after a change of the key set nothing is remembered', () => {
  const kids = new UnknownKids();
  kids.add('a', now);
  kids.clear();
  assert.equal(kids.has('a', now), false);
});
