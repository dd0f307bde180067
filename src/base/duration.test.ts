import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDuration, parseDuration } from './duration.ts';

test('a duration is a whole number and its unit', () => {
  const table: [string, number][] = [
    ['0s', 0],
    ['500ms', 500],
    ['30s', 30_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
  ];
  for (const [text, value] of table) assert.equal(parseDuration(text), value, text);
});

test('anything else is no duration', () => {
  const others = ['', '10', 'm', '-1s', '+1s', '1.5h', ' 1s', '1s ', '1 s', '1h30m', '1M', '1sec', '01s', '1e3s', '٣s'];
  for (const text of [...others, '9007199254740992ms', '99999999999999999999d']) {
    assert.equal(parseDuration(text), undefined, text);
  }
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.nat(), (value) => {
      assert.equal(parseDuration(formatDuration(value)), value);
    }),
  );
  assert.equal(formatDuration(0), '0ms');
  assert.equal(formatDuration(90_000), '90s');
  assert.equal(formatDuration(7_200_000), '2h');
});
