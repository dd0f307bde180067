import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pastArgument, timeArgument } from './time-argument.ts';

test('a time is understood with and without its zone, a day as its beginning', () => {
  for (const read of [timeArgument, pastArgument]) {
    assert.equal(read('2026-11-24T08:00:00Z'), '2026-11-24T08:00:00.000Z');
    assert.equal(read('2026-11-24T08:00:00+02:00'), '2026-11-24T06:00:00.000Z');
    assert.equal(read('2026-11-24'), '2026-11-24T00:00:00.000Z');
  }
});

test('what was so long ago is a time, too', () => {
  const hours = (Date.now() - Date.parse(pastArgument('2h'))) / 3_600_000;
  assert.ok(hours >= 2 && hours < 2.1, String(hours));
});

test('anything else is refused with an example', () => {
  for (const text of ['yesterday', '', '1700000000', '2026-13-45', '2026', '-1h']) {
    assert.throws(() => timeArgument(text), /Write a time such as/);
    assert.throws(() => pastArgument(text), /Write a time such as .* or how long ago/);
  }
  for (const text of ['2h']) assert.throws(() => timeArgument(text), /Write a time/);
  assert.throws(() => pastArgument('9000000000000000ms'), /Write a time/);
});
