import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Question } from './question.ts';
import { answerOf, table } from './report.ts';

const question: Question = {
  name: 'rs256',
  asks: 'JWT against a peer',
  goal: { bound: 'at least', value: 1.6, aim: 2 },
  unit: 'requests/s',
  needs: [],
  measure: async () => [],
};
const rounds = [1.5, 1.7, 1.9].map((value) => ({ value, figures: { gatehouse: value * 20_000, peer: 20_000 } }));

test('an answer has the median of the rounds, and of the figures of each system', () => {
  const answer = answerOf(question, rounds);
  assert.deepEqual(answer.summary, { median: 1.7, lowest: 1.5, highest: 1.9 });
  assert.deepEqual(answer.figures, { gatehouse: 34_000, peer: 20_000 });
  assert.equal(answer.isMet, true);
});

test('the table says goal, median, spread and rounds', () => {
  assert.equal(
    table([answerOf(question, rounds)]),
    [
      '| question           | goal            | measured | spread       | rounds | medians                                  |',
      '|--------------------|-----------------|----------|--------------|--------|------------------------------------------|',
      '| JWT against a peer | >= 1.60 (aim 2) | 1.70     | 1.50 to 1.90 | 3      | gatehouse 34,000, peer 20,000 requests/s |',
    ].join('\n'),
  );
});

for (const [bound, value, expected] of [
  ['at least', 1.6, true],
  ['at least', 1.8, false],
  ['at most', 1.8, true],
  ['at most', 1.6, false],
] as const) {
  test(`1.7 where ${bound} ${value} is asked for is ${expected ? 'enough' : 'not enough'}`, () => {
    const answer = answerOf({ ...question, goal: { bound, value } }, rounds);
    assert.equal(answer.isMet, expected);
    assert.equal(table([answer]).includes('(missed)'), !expected);
  });
}

test('a figure that is no ratio carries its unit', () => {
  const memory = { ...question, goal: { bound: 'at most', value: 120, unit: 'MB' }, unit: 'MB' } as const;
  const text = table([answerOf(memory, [{ value: 98.4, figures: { gatehouse: 98.4 } }])]);
  assert.match(text, /\| <= 120 MB \| 98 MB +\| 98 MB to 98 MB \|/);
});
