import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Attempt, GuessLimiter } from './guess-limiter.ts';
import { TokenBuckets } from './token-buckets.ts';

const limits = {
  account: { attempts: 3, window: 30_000 },
  client: { attempts: 5, window: 30_000 },
  address: { attempts: 6, window: 60_000 },
};

function limiter() {
  let now = 1_000_000;
  const wait = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { wait, limiter: new GuessLimiter(limits, () => now) };
}

const at = (name: string, address: string): Attempt => ({ kind: 'account', name, address });

test('what is used up comes back evenly', () => {
  const { wait, limiter: guesses } = limiter();
  for (let n = 0; n < 3; n += 1) assert.equal(guesses.begin(at('ada', 'x')), undefined);
  assert.equal(guesses.begin(at('ada', 'x')), 10);
  wait(4_000);
  assert.equal(guesses.begin(at('ada', 'x')), 6);
  wait(6_000);
  assert.equal(guesses.begin(at('ada', 'x')), undefined);
  assert.equal(guesses.begin(at('ada', 'x')), 10);
});

test('an attempt that succeeds costs nothing, and makes the caller known there', () => {
  const { limiter: guesses } = limiter();
  for (let n = 0; n < 20; n += 1) {
    assert.equal(guesses.begin(at('ada', 'x')), undefined);
    guesses.succeeded(at('ada', 'x'));
  }
  for (let n = 0; n < 6; n += 1) guesses.begin(at(`n${n}`, 'x'));
  assert.ok(guesses.begin(at('bob', 'x')), 'strangers at that address wait');
  for (let n = 0; n < 9; n += 1) guesses.begin(at('ada', `y${n}`));
  assert.ok(guesses.begin(at('ada', 'y')), 'strangers of that name wait');
  assert.equal(guesses.begin(at('ada', 'x')), undefined, 'who is known does not');
});

test('who is known may not guess for ever either', () => {
  const { limiter: guesses } = limiter();
  guesses.succeeded(at('ada', 'x'));
  for (let n = 0; n < 3; n += 1) assert.equal(guesses.begin(at('ada', 'x')), undefined);
  assert.ok(guesses.begin(at('ada', 'x')));
});

test('an account and a client of the same name are two', () => {
  const { limiter: guesses } = limiter();
  for (let n = 0; n < 3; n += 1) guesses.begin(at('ada', 'x'));
  assert.ok(guesses.begin(at('ada', 'x')));
  assert.equal(guesses.begin({ ...at('ada', 'x'), kind: 'client' }), undefined);
});

test('for any sequence of attempts, no more pass within a window than twice the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 100 }), (pauses) => {
      const buckets = new TokenBuckets({ attempts: 4, window: 10_000 });
      let now = 0;
      const passed: number[] = [];
      for (const pause of pauses) {
        now += pause;
        if (buckets.wait('x', now) > 0) continue;
        buckets.take('x', now);
        passed.push(now);
      }
      for (const begin of passed)
        assert.ok(passed.filter((each) => each >= begin && each < begin + 10_000).length <= 8);
    }),
  );
});

test('after the wait that was told, there is room', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 1_000_000 }), (attempts, window) => {
      const buckets = new TokenBuckets({ attempts, window });
      for (let n = 0; n < attempts; n += 1) buckets.take('x', 0);
      const wait = buckets.wait('x', 0);
      assert.ok(wait > 0);
      assert.ok(buckets.wait('x', wait) <= 1);
    }),
  );
});
