import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CircuitBreaker, type Passage } from './circuit-breaker.ts';

const settings = { threshold: 3, rest: 1_000 };

function enter(breaker: CircuitBreaker, now: number): Passage {
  const passage = breaker.enter(now);
  assert.ok(passage !== undefined, `refused at ${now}`);
  return passage;
}

function opened(): CircuitBreaker {
  const breaker = new CircuitBreaker(settings);
  for (let failure = 0; failure < 3; failure++) enter(breaker, 0).end(false, 0);
  return breaker;
}

test('it opens after so many failures in a row, not before', () => {
  const breaker = new CircuitBreaker(settings);
  for (const succeeded of [false, false, true, false, false]) enter(breaker, 0).end(succeeded, 0);
  assert.ok(!breaker.refuses(0));
  enter(breaker, 0).end(false, 0);
  assert.ok(breaker.refuses(0));
  assert.equal(breaker.enter(999), undefined);
  assert.equal(breaker.openUntil, 1_000);
});

test('after the rest one probe passes, and only one', () => {
  const breaker = opened();
  enter(breaker, 1_000);
  assert.equal(breaker.enter(1_000), undefined);
  assert.equal(breaker.enter(100_000), undefined);
});

test('a probe that succeeds closes it', () => {
  const breaker = opened();
  enter(breaker, 1_000).end(true, 1_100);
  assert.ok(!breaker.refuses(1_100));
  assert.equal(breaker.openUntil, undefined);
  // And it takes all the failures again to open it.
  for (let failure = 0; failure < 2; failure++) enter(breaker, 1_100).end(false, 1_100);
  assert.ok(!breaker.refuses(1_100));
});

test('a probe that fails opens it for another rest', () => {
  const breaker = opened();
  enter(breaker, 1_000).end(false, 1_500);
  assert.ok(breaker.refuses(2_499));
  assert.ok(!breaker.refuses(2_500));
});

test('calls that began before it opened do not lengthen the rest, nor free a second probe', () => {
  const breaker = new CircuitBreaker(settings);
  const early = Array.from({ length: 6 }, () => enter(breaker, 0));
  for (const passage of early.slice(0, 4)) passage.end(false, 10);
  assert.equal(breaker.openUntil, 1_010);
  early[4]?.end(false, 900);
  assert.equal(breaker.openUntil, 1_010);
  enter(breaker, 1_010);
  early[5]?.end(false, 1_020);
  assert.equal(breaker.enter(1_020), undefined);
});

test('a late success closes it: the peer has answered', () => {
  const breaker = new CircuitBreaker(settings);
  const slow = enter(breaker, 0);
  for (let failure = 0; failure < 3; failure++) enter(breaker, 0).end(false, 0);
  slow.end(true, 500);
  assert.ok(!breaker.refuses(500));
});

test('a clock that is set back does not lengthen the rest', () => {
  const breaker = opened();
  assert.ok(breaker.refuses(999));
  assert.ok(!breaker.refuses(-1));
  enter(breaker, -3_600_000).end(false, -3_600_000);
  assert.ok(breaker.refuses(-3_599_001));
  assert.ok(!breaker.refuses(-3_599_000));
});

test('a peer that has proved elsewhere that it is well is asked again at once', () => {
  const breaker = opened();
  breaker.close();
  assert.ok(!breaker.refuses(0));
  for (let failure = 0; failure < 2; failure++) enter(breaker, 0).end(false, 0);
  assert.ok(!breaker.refuses(0));
});
