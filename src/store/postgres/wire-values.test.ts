import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { fromWire, toWire } from './wire-values.ts';

const read = fromWire.getTypeParser(pg.types.builtins.TEXT);
const odd = fc.string({ unit: fc.constantFrom('\u0000', '\u001a', '0', '1', '\\', 'ü', '🔑', ' ') });

test('Every text comes back as it was sent, and none has the character that PostgreSQL does not take.', () => {
  fc.assert(
    fc.property(fc.oneof(odd, fc.string({ unit: 'binary' })), (text) => {
      const sent = toWire(text) as string;
      assert.ok(!sent.includes('\u0000'));
      assert.equal(read(sent), text);
    }),
  );
});

test('Different texts stay different, so that equality means the same in the database.', () => {
  fc.assert(fc.property(odd, odd, (one, other) => (toWire(one) === toWire(other)) === (one === other)));
});

test('A text without either character is stored as it is.', () => {
  const text = 'Zürich \\0 {"a":"\\u0000"} %\n🔑';
  assert.equal(toWire(text), text);
  assert.deepEqual(toWire([text, null, 7]), [text, null, 7]);
});

test('Numbers of 8 bytes are numbers.', () => {
  assert.equal(fromWire.getTypeParser(pg.types.builtins.INT8)('1790000000500'), 1_790_000_000_500);
});
