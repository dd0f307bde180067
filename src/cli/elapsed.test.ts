import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elapsed } from './elapsed.ts';

test('a time that has gone by is told in the unit that people would take', () => {
  const table: [number, string][] = [
    [0, '0 ms'],
    [3.149, '3.1 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [12_449, '12.4 s'],
    [300_000, '5 min'],
    [7_199_000, '120 min'],
    [10_800_000, '3 h'],
  ];
  for (const [milliseconds, text] of table) assert.equal(elapsed(milliseconds), text);
});
