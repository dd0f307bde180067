import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOn } from '../../test/fixtures/a-config.ts';
import { readYaml } from './read-yaml.ts';

test('a value stands where its key or list entry stands', () => {
  const tree = readYaml('a:\n  b: [x, y]\n  c:\n    - d: 1\n');
  assert.deepEqual(tree.locate(['a']), { line: 1, column: 1 });
  assert.deepEqual(tree.locate(['a', 'b', 1]), { line: 2, column: 10 });
  assert.deepEqual(tree.locate(['a', 'c', 0, 'd']), { line: 4, column: 7 });
});

test('what is missing is found at what would hold it', () => {
  const tree = readYaml('a:\n  b: { c: 1 }\n');
  assert.deepEqual(tree.locate(['a', 'b', 'missing', 0]), { line: 2, column: 3 });
  assert.deepEqual(tree.locate(['missing']), { line: 1, column: 1 });
});

test('it is YAML 1.2: no is text, and objects have no prototype', () => {
  const { value } = readYaml('a: no\nb: yes\nc: 010\nd: 2001-01-01\n8080: x\n') as { value: Record<string, unknown> };
  assert.equal(Object.getPrototypeOf(value), null);
  assert.deepEqual({ ...value }, { 8080: 'x', a: 'no', b: 'yes', c: 10, d: '2001-01-01' });
});

test('an alias stands for what its anchor holds', () => {
  const { value, faults } = readYaml('a: &rules [x]\nb: *rules\n');
  assert.deepEqual(faults, []);
  assert.deepEqual({ ...(value as object) }, { a: ['x'], b: ['x'] });
});

const remedies = {
  syntax: 'Remedy: Correct the syntax; often it is the indentation.',
  bounds: 'Remedy: Write out what the aliases stand for, or split the file.',
};

const faults: [string, string, string][] = [
  [
    'a key that is given twice',
    'a: 1\nb: 2\na: 3\n',
    'gatehouse.yaml:3:1  "a" is given twice. Remedy: Keep one of them, or give one another name.',
  ],
  [
    'a key that is given twice within braces',
    'a: { b: 1, b: 2 }',
    'gatehouse.yaml:1:12  "b" is given twice. Remedy: Keep one of them, or give one another name.',
  ],
  [
    'an indentation that fits nowhere',
    'a:\n    b: 1\n  c: 2\n',
    `gatehouse.yaml:3:1  is not YAML: All mapping items must start at the same column. ${remedies.syntax}`,
  ],
  [
    'a list without an end',
    'a: [1, 2\n',
    `gatehouse.yaml:2:1  is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. ${remedies.syntax}`,
  ],
  ['an unknown tag', 'a: !secret x\n', `gatehouse.yaml:1:4  is not YAML: Unresolved tag: !secret. ${remedies.syntax}`],
  [
    'two documents',
    'a: 1\n---\nb: 1\n',
    `gatehouse.yaml:2:1  is not YAML: Source contains multiple documents; please use YAML.parseAllDocuments(). ${remedies.syntax}`,
  ],
  [
    'an alias without an anchor',
    'a: *x\n',
    'gatehouse.yaml:1:4  nothing has the anchor "x". Remedy: Set it with & before.',
  ],
  [
    '__proto__',
    '__proto__: { a: 1 }\n',
    'gatehouse.yaml:1:1  is no name of an option. Remedy: Write a plain name before the colon.',
  ],
  [
    'a key that is no name',
    '[a, b]: 1\n',
    'gatehouse.yaml:1:1  is no name of an option. Remedy: Write a plain name before the colon.',
  ],
  ['an alias of itself', 'a: &a [*a]\n', `gatehouse.yaml:1:8  the file is too large or too deep. ${remedies.bounds}`],
  ...['a: \uE000\uE001A\uE002\n', 'a: "\\uE000\\ue001A\\U0000E002"\n'].map((text): [string, string, string] => [
    `text that poses as a reference, ${JSON.stringify(text)},`,
    text,
    'gatehouse.yaml:1:1  holds a character from U+E000 to U+E003. Remedy: Leave it out.',
  ]),
  [
    'an empty file',
    '\n# nothing\n',
    'gatehouse.yaml:1:1  is empty. Remedy: Write a configuration; see docs/options.md.',
  ],
];

for (const [what, text, report] of faults) {
  test(`${what} is a fault`, () => assert.equal(reportOn(text), report));
}

test('a billion laughs are refused at once', () => {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`)}]`,
  );
  const start = performance.now();
  assert.match(reportOn(`l0: &l0 [lol]\n${levels.join('\n')}\n`), /the file is too large or too deep/);
  assert.ok(performance.now() - start < 2000);
});

test('depth and length are bounded', () => {
  assert.match(reportOn(`a: ${'['.repeat(40)}${']'.repeat(40)}\n`), /the file is too large or too deep/);
  assert.match(reportOn(`a: ${'['.repeat(20_000)}\n`), /is not YAML|cannot be read as YAML/);
  assert.equal(
    reportOn(`# ${'x'.repeat(1_048_576)}`),
    'gatehouse.yaml:1:1  is longer than 1 MiB. Remedy: Split what it configures.',
  );
});
