import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshnessOf } from './cache-control.ts';

const cases: readonly (readonly [Record<string, string>, number | undefined])[] = [
  [{}, undefined],
  [{ 'cache-control': 'public' }, undefined],
  [{ 'cache-control': 'max-age=60' }, 60_000],
  [{ 'cache-control': 'public, Max-Age="60", must-revalidate' }, 60_000],
  [{ 'cache-control': 'max-age=60', age: '20' }, 40_000],
  [{ 'cache-control': 'max-age=60', age: '90' }, 0],
  [{ 'cache-control': 'max-age=60', age: 'old' }, 60_000],
  [{ 'cache-control': 'max-age=600, max-age=60' }, 60_000],
  [{ 'cache-control': 'no-store' }, 0],
  [{ 'cache-control': 'no-cache, max-age=600' }, 0],
  [{ 'cache-control': 'no-cache="set-cookie", max-age=600' }, 0],
  [{ 'cache-control': 'max-age=-1' }, undefined],
  [{ 'cache-control': 'max-age=1e9' }, undefined],
  [{ 'cache-control': 'x-max-age=60' }, undefined],
];

for (const [headers, expected] of cases) {
  test(`${JSON.stringify(headers)} means ${expected} milliseconds`, () => {
    assert.equal(freshnessOf(headers), expected);
  });
}
