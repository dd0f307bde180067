import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseEscapedJson } from './escaped-json.ts';

test('a quotation mark as a name is not taken for a backslash, whatever objects were parsed before', () => {
  for (let round = 0; round < 100; round++) {
    JSON.parse('{"a":1,"\\\\":2}');
    const parsed = parseEscapedJson('{"a":1,"\\"":2,"\\\\":3}') as object;
    assert.deepEqual(Object.entries(parsed), [
      ['a', 1],
      ['"', 2],
      ['\\', 3],
    ]);
  }
});

test('any value is read back from its JSON, with any white space and with every character escaped', () => {
  const escapeAll = (text: string): string =>
    text.replace(/"(?:[^"\\]|\\.)*"/g, (literal) => {
      const units = (JSON.parse(literal) as string).split('');
      return `"${units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
    });
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\t', '\n  '), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      assert.equal(JSON.stringify(parseEscapedJson(text)), JSON.stringify(value));
      assert.equal(JSON.stringify(parseEscapedJson(` ${escapeAll(text)}\r\n`)), JSON.stringify(value));
    }),
  );
});

test('what JSON.parse refuses is refused, and what it takes is taken', () => {
  const morsel = fc.constantFrom(...'{}[]:,"\\ 0123.eE+-tfn\nua', 'true', 'null', '"a":', '\\u00', '\\n', '{"a":1}');
  fc.assert(
    fc.property(fc.array(morsel, { maxLength: 8 }), (morsels) => {
      const text = morsels.join('');
      const outcome = (parse: (text: string) => unknown): string => {
        try {
          parse(text);
          return 'JSON';
        } catch {
          return 'not JSON';
        }
      };
      assert.equal(outcome(parseEscapedJson), outcome(JSON.parse), text);
    }),
    { numRuns: 3000 },
  );
});

test('what is nested too deep for the stack is an error and not a crash', () => {
  assert.throws(() => parseEscapedJson('['.repeat(1_000_000)), RangeError);
});

test('a long string is read in one go', () => {
  const text = JSON.stringify('\\"é'.repeat(200_000));
  assert.equal(parseEscapedJson(text), JSON.parse(text));
});
