import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Answer } from './answer.ts';
import { AnswerMemory } from './answer-memory.ts';

const bounds = { cache: 30_000, negativeCache: 5_000, cacheBytes: 64 * 1024, leewaySeconds: 5 };
const now = 1_790_001_800_000;

function anAnswer(askedAt = now, exp = now / 1000 + 3600, size = 200): Answer {
  return { claims: { exp }, askedAt, size };
}

const inactive: Answer = { claims: undefined, askedAt: now, size: 16 };

test('a good answer is fresh for the configured time, and never beyond the token', () => {
  const memory = new AnswerMemory(bounds);
  memory.keep('a', anAnswer(), true);
  memory.keep('b', anAnswer(now, now / 1000 + 10), true);
  assert.ok(memory.fresh('a', now + 29_999));
  assert.equal(memory.fresh('a', now + 30_000), undefined);
  assert.ok(memory.fresh('b', now + 14_999));
  assert.equal(memory.fresh('b', now + 15_000), undefined);
});

test('any other answer is fresh for its own, shorter time', () => {
  const memory = new AnswerMemory(bounds);
  memory.keep('a', inactive, false);
  assert.ok(memory.fresh('a', now + 4_999));
  assert.equal(memory.fresh('a', now + 5_000), undefined);
});

test('the last answer counts, whichever it is', () => {
  const memory = new AnswerMemory(bounds);
  memory.keep('a', anAnswer(), true);
  memory.keep('a', inactive, false);
  assert.equal(memory.fresh('a', now)?.claims, undefined);
  assert.equal(memory.lastGood('a', 60_000, now), undefined);
  memory.keep('a', anAnswer(), true);
  assert.ok(memory.fresh('a', now)?.claims);
  assert.deepEqual(memory.sizes, { active: 1, inactive: 0 });
});

test('a good answer that is no longer fresh is still the last good one, up to the age that is asked for', () => {
  const memory = new AnswerMemory(bounds);
  memory.keep('a', anAnswer(), true);
  assert.ok(memory.lastGood('a', 60_000, now + 59_999));
  assert.equal(memory.lastGood('a', 60_000, now + 60_000), undefined);
  assert.equal(memory.lastGood('a', 0, now), undefined);
});

test('an answer from the future is none: a clock that was set back makes nothing fresh', () => {
  const memory = new AnswerMemory(bounds);
  memory.keep('a', anAnswer(), true);
  memory.keep('b', inactive, false);
  assert.equal(memory.fresh('a', now - 1), undefined);
  assert.equal(memory.fresh('b', now - 1), undefined);
  assert.equal(memory.lastGood('a', 60_000, now - 1), undefined);
});

test('no amount of garbage pushes out a good answer, nor grows without bound', () => {
  const memory = new AnswerMemory(bounds);
  memory.keep('good', anAnswer(), true);
  for (let number = 0; number < 20_000; number++) memory.keep(`garbage ${number}`, inactive, false);
  assert.ok(memory.fresh('good', now));
  assert.equal(memory.sizes.active, 1);
  assert.ok(memory.sizes.inactive < 2_000, String(memory.sizes.inactive));
});

test('good answers are bounded in bytes, whatever their number and size', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(64 * 1024), { maxLength: 200 }), (sizes) => {
      const memory = new AnswerMemory(bounds);
      for (const [index, size] of sizes.entries()) memory.keep(String(index), anAnswer(now, undefined, size), true);
      const kept = sizes.filter((_, index) => memory.fresh(String(index), now) !== undefined);
      const weight = kept.reduce((sum, size) => sum + 512 + 3 * size, 0);
      assert.ok(weight <= bounds.cacheBytes, `${weight}`);
    }),
    { numRuns: 30 },
  );
});
