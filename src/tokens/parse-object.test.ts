import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseObject } from './parse-object.ts';

test('an object is taken', () => {
  const object = parseObject(Buffer.from('{"a":[1]}'), 'payload');
  assert.deepEqual(object.ok && { ...object.value }, { a: [1] });
});

test('other JSON and no JSON are refused, with the part and the rule and never the text', () => {
  const faults = {
    '[]': 'not an object',
    null: 'not an object',
    '"secret"': 'not an object',
    '1': 'not an object',
    secret: 'not JSON',
    '{"secret":1,"secret":2}': 'duplicate member',
  };
  for (const [text, fault] of Object.entries(faults)) {
    const verdict = parseObject(Buffer.from(text), 'header');
    assert.ok(!verdict.ok);
    assert.deepEqual(verdict.rejection, { code: 'json_invalid', facts: { part: 'header', fault } });
  }
});
