import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable } from './printable.ts';

test('nothing of a foreign text reaches the terminal but what can be read', () => {
  assert.equal(printable('k9 Ångström ✓ "x"'), 'k9 Ångström ✓ "x"');
  assert.equal(printable('\u001b[31mred\u0007'), '\\u{1b}[31mred\\u{7}');
  assert.equal(printable('a\r\ngranted'), 'a\\u{d}\\u{a}granted');
  assert.equal(printable('\u009b2J\u202egnp\u2028\ud800'), '\\u{9b}2J\\u{202e}gnp\\u{2028}\\u{d800}');
});
