import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePattern } from './compile-pattern.ts';
import { linearMatches } from './linear-matches.ts';
import { PatternInvalid } from './parse-pattern.ts';

const table: [string, string, boolean][] = [
  ['', '', true],
  ['', 'anything', true],
  ['^$', '', true],
  ['^$', 'a', false],
  ['b', 'abc', true],
  ['^b', 'abc', false],
  ['c$', 'abc', true],
  ['^/orders/[0-9]+$', '/orders/42', true],
  ['^/orders/[0-9]+$', '/orders/42/', false],
  ['^(GET|POST)$', 'POST', true],
  ['^(?:a|b|)c$', 'c', true],
  ['^(?<name>a)+$', 'aaa', true],
  ['^a{2,3}$', 'a', false],
  ['^a{2,3}$', 'aaa', true],
  ['^a{2,3}$', 'aaaa', false],
  ['^a{2,}$', 'aaaaa', true],
  ['^a{2}$', 'aa', true],
  ['^a{0}$', '', true],
  ['^(a*)*$', 'aaa', true],
  ['^(a|a)*b$', 'aaac', false],
  ['^a+?b??$', 'aa', true],
  ['^.$', '\n', false],
  ['^.$', '😀', true],
  ['^\\u{1F600}$', '😀', true],
  ['^[^/]+$', 'a/b', false],
  ['^[\\]\\-]$', ']', true],
  ['^\\w+@\\w+\\.(com|ch)$', 'mira@acme.ch', true],
  ['^\\p{Lu}', 'Émile', true],
  ['\\.', 'a.b', true],
  ['\\$', 'a', false],
  ['(?:){9999}x', 'x', true],
];

for (const [pattern, text, expected] of table) {
  test(`/${pattern}/ is ${expected ? '' : 'not '}found in ${JSON.stringify(text)}`, () => {
    assert.equal(linearMatches(pattern, text), expected);
    assert.equal(new RegExp(pattern, 'u').test(text), expected);
  });
}

test('what no automaton can do is refused', () => {
  for (const pattern of ['(?=a)', '(?!a)', '(?<=a)', '(?<!a)', '(a)\\1', '(?<n>a)\\k<n>', '\\ba', 'a\\B']) {
    assert.throws(
      () => compilePattern(pattern),
      { message: /is not available: patterns run in linear time$/ },
      pattern,
    );
  }
});

test('a pattern that is none is refused', () => {
  for (const pattern of ['(', ')', '[', '*', 'a**', '{', 'a{2,1}', '\\', '\\q', '[b-a]', '(?<1>a)']) {
    assert.throws(() => compilePattern(pattern), PatternInvalid, pattern);
  }
});

test('a pattern that unfolds too far is refused at once', () => {
  for (const pattern of [
    'a{257}',
    '(a{20}){20}',
    'a{1000000000}',
    'a{0,1000000000}',
    '((((a{9}){9}){9}){9}){9}',
    'a'.repeat(300),
  ]) {
    assert.throws(
      () => compilePattern(pattern),
      { message: 'the pattern is too large: it has over 256 steps' },
      pattern,
    );
  }
});

// Texts stay in the Basic Multilingual Plane: V8 wrongly denies that /[^a]$/u is in '😀'.
test('law: it finds what JavaScript finds', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '^', '$', '\\u0061', 'c');
  const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,1}', '{1,}', '*?', '+?');
  const { pattern } = fc.letrec<{ pattern: string; part: string; choice: string }>((tie) => ({
    part: fc.oneof(
      { depthSize: 'small' },
      fc.tuple(atom, quantifier).map(([one, times]) => ('^$'.includes(one) ? one : one + times)),
      fc.tuple(tie('choice'), quantifier).map(([inner, times]) => `(${inner})${times}`),
    ),
    choice: fc
      .array(tie('part'), { maxLength: 3 })
      .chain((left) => fc.option(tie('part'), { nil: '' }).map((right) => `${left.join('')}|${right}`)),
    pattern: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
  }));
  const short = pattern.filter((source) => source.length <= 24); // Longer ones can make the reference hang.
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '\n', 'é'), maxLength: 8 });
  fc.assert(
    fc.property(short, fc.array(text, { minLength: 1, maxLength: 5 }), (source, texts) => {
      const reference = new RegExp(source, 'u');
      try {
        compilePattern(source);
      } catch {
        return;
      }
      for (const one of texts) assert.equal(linearMatches(source, one), reference.test(one), `/${source}/ in ${one}`);
    }),
    { numRuns: 1000 },
  );
});
