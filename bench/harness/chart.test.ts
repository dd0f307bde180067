import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chart } from './chart.ts';
import type { Goal } from './goal.ts';
import { answerOf } from './report.ts';

function barOf(goal: Goal, value: number): { readonly width: number; readonly met: boolean } {
  const question = { name: 'q', asks: 'a < b & c', goal, unit: 'ms', needs: [], measure: async () => [] };
  const svg = chart([answerOf(question, [{ value, figures: {} }])]);
  assert.match(svg, /a &lt; b &amp; c/);
  const bar = /<rect class="(met|missed)" x="\d+" y="\d+" width="(\d+)"/.exec(svg);
  return { width: Number(bar?.[2]), met: bar?.[1] === 'met' };
}

test('a bar that just meets its goal ends at the line, whichever way the goal goes', () => {
  const least = barOf({ bound: 'at least', value: 1.6 }, 1.6);
  const most = barOf({ bound: 'at most', value: 120, unit: 'MB' }, 120);
  assert.deepEqual(least, most);
  assert.equal(least.met, true);
});

test('better is longer, and worse is shorter', () => {
  const goal: Goal = { bound: 'at most', value: 100 };
  assert.ok(barOf(goal, 80).width > barOf(goal, 100).width);
  assert.ok(barOf(goal, 200).width < barOf(goal, 100).width);
  assert.equal(barOf(goal, 200).met, false);
});

test('a bar never leaves the picture', () => {
  assert.equal(barOf({ bound: 'at least', value: 1 }, 50).width, barOf({ bound: 'at least', value: 1 }, 9).width);
});
