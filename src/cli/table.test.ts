import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from './table.ts';

test('columns stand below each other, and nothing trails', () => {
  assert.equal(
    table(
      ['SEQ', 'BY', 'WHY'],
      [
        ['1', 'client:operator', ''],
        ['1000', 'mira', 'lost laptop'],
      ],
    ),
    `SEQ   BY               WHY
1     client:operator
1000  mira             lost laptop
`,
  );
});

test('no cell steers the terminal or breaks the row', () => {
  const text = table(['WHY'], [['a\u001b[2J\u202e\nb']]);
  assert.equal(text, 'WHY\na\\u{1b}[2J\\u{202e}\\u{a}b\n');
});
