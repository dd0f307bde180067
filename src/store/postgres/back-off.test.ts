import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackOff } from './back-off.ts';

test('It waits longer after each failure in a row, but a second at most, and little again after a success.', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const backOff = new BackOff();
  const wait = (): number => {
    let ended = false;
    backOff.failed(() => {
      ended = true;
    });
    let ms = 0;
    for (; !ended; ms++) t.mock.timers.tick(1);
    assert.equal(backOff.isWaiting, false);
    return ms;
  };
  const waits = Array.from({ length: 12 }, wait);
  assert.ok(waits[0]! >= 25 && waits[0]! <= 50, `${waits[0]}`);
  for (const ms of waits.slice(6)) assert.ok(ms >= 500 && ms <= 1000, `${ms}`);
  backOff.succeeded();
  assert.ok(wait() <= 50);
});

test('While it waits, further failures change nothing; stopped, it does nothing more.', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const backOff = new BackOff();
  let ended = 0;
  for (let n = 0; n < 5; n++) backOff.failed(() => ended++);
  t.mock.timers.tick(50);
  assert.equal(ended, 1);
  backOff.failed(() => ended++);
  assert.equal(backOff.isWaiting, true);
  backOff.stop();
  t.mock.timers.tick(5000);
  assert.equal(ended, 1);
});
