import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalTarget } from './canonical-target.ts';

const refused = (target: string, method = 'GET'): string | undefined => {
  const verdict = canonicalTarget(target, method);
  return verdict.ok ? undefined : String(verdict.rejection.facts['reason']);
};
const canonical = (target: string): string => {
  const verdict = canonicalTarget(target, 'GET');
  assert.ok(verdict.ok, `${target} is refused`);
  return verdict.value.query === '' ? verdict.value.path : `${verdict.value.path}?${verdict.value.query}`;
};

for (const [target, reason] of [
  ['/a/../b', 'dot segment'],
  ['/a/./b', 'dot segment'],
  ['/..', 'dot segment'],
  ['/a/.', 'dot segment'],
  ['/a/%2e%2e/b', 'dot segment'],
  ['/a/.%2E/b', 'dot segment'],
  ['/a/..;/b', 'dot segment'],
  ['/a/..;x=1/b', 'dot segment'],
  ['/a/..%3b/b', 'dot segment'],
  ['/a/%2e%2e%3B/b', 'dot segment'],
  ['/a%2fb', 'encoded slash'],
  ['/a%2Fb', 'encoded slash'],
  ['/..%2f', 'encoded slash'],
  ['/a\\b', 'backslash'],
  ['/a%5cb', 'backslash'],
  ['/a%252fb', 'double encoding'],
  ['/a%252e%252e/b', 'double encoding'],
  ['/a%25%32%66b', 'double encoding'],
  ['/a%2%35', 'percent sign without two hex digits'],
  ['/a%', 'percent sign without two hex digits'],
  ['/a%zz', 'percent sign without two hex digits'],
  ['/a%u002f', 'percent sign without two hex digits'],
  ['/a%00', 'control character'],
  ['/a\u0000', 'control character'],
  ['/a%0d%0aX:y', 'control character'],
  ['/a%7f', 'control character'],
  ['/a#b', 'fragment'],
  ['//a', 'empty segment'],
  ['/a//b', 'empty segment'],
  ['/a//', 'empty segment'],
  ['/;/a', 'empty segment'],
  ['/a/;x/b', 'empty segment'],
  ['/a%c0%af', 'percent-encoded bytes that are not UTF-8'],
  ['/a%ff', 'percent-encoded bytes that are not UTF-8'],
] as const) {
  test(`${JSON.stringify(target)} is refused: ${reason}`, () => assert.equal(refused(target), reason));
}

for (const target of ['', 'a', 'a:80', 'a/b', '?q', '*', 'ftp://a/b', 'http:/a', 'HTTP//a', '\\a', ' /a']) {
  test(`${JSON.stringify(target)} is in no accepted form`, () =>
    assert.equal(refused(target), 'target in no accepted form'));
}

for (const [target, expected] of [
  ['/', '/'],
  ['/orders/1', '/orders/1'],
  ['/orders/', '/orders/'],
  ['/%61%2D%7e', '/a-~'],
  ['/caf%c3%a9', '/caf%C3%A9'],
  ['/caf\u00c3\u00a9', '/caf%C3%A9'],
  ['/a%20b', '/a%20b'],
  ['/a"<>^`{|}', '/a%22%3C%3E%5E%60%7B%7C%7D'],
  ['/a[1]', '/a%5B1%5D'],
  ['/...', '/...'],
  ['/.well-known/x', '/.well-known/x'],
  ['/a..b', '/a..b'],
  ['/a;b=c', '/a;b=c'],
  ['/100%25', '/100%25'],
  ['/a?', '/a'],
  ['/a?b=../..//%2f', '/a?b=../..//%2f'],
  ['/a?b#c', '/a?b%23c'],
  ['/a?b=\u00e9"', '/a?b=%E9%22'],
  ['/a?a[]=1&%dd=%ee', '/a?a[]=1&%dd=%ee'],
] as const) {
  test(`${JSON.stringify(target)} becomes ${expected}`, () => assert.equal(canonical(target), expected));
}

test('a target in absolute form yields its authority', () => {
  const verdict = canonicalTarget('http://api.example.com:80/a?b', 'GET');
  assert.deepEqual(verdict, { ok: true, value: { path: '/a', query: 'b', authority: 'api.example.com:80' } });
  const rootless = canonicalTarget('HTTPS://api.example.com?b', 'GET');
  assert.deepEqual(rootless, { ok: true, value: { path: '/', query: 'b', authority: 'api.example.com' } });
});

test('the asterisk is for OPTIONS', () => {
  assert.equal(refused('*', 'OPTIONS'), undefined);
  assert.equal(refused('*', 'GET'), 'target in no accepted form');
});

/** Characters and sequences that path attacks are made of. */
const piece = fc.constantFrom(
  ...['/', '.', '..', '%2e', '%2f', '%5c', '\\', '%25', '%', ';', '?', '#', 'a', 'B', '%41', '%c3%a9', '%3b', '%00'],
);

test('what is accepted is a fixed point: reading it again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const first = canonicalTarget(`/${pieces.join('')}`, 'GET');
      if (!first.ok) return;
      const again = canonicalTarget(
        first.value.query === '' ? first.value.path : `${first.value.path}?${first.value.query}`,
        'GET',
      );
      assert.deepEqual(again, first);
    }),
    { numRuns: 2000 },
  );
});

test('however often a lax upstream decodes an accepted path, no segment is lost or won', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const verdict = canonicalTarget(`/${pieces.join('')}`, 'GET');
      if (!verdict.ok) return;
      let path = verdict.value.path;
      const segments = path.split('/').length;
      for (let i = 0; i < 3; i++) path = path.includes('%25') ? path : decodeURIComponent(path);
      assert.equal(path.split(/[/\\]/).length, segments);
      assert.equal(new URL(path.replace(/[?#]/g, ''), 'http://h').pathname.split('/').length, segments);
    }),
    { numRuns: 2000 },
  );
});
