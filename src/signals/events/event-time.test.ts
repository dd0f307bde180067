import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { eventTime } from './event-time.ts';

const iat = 1_790_000_000;

function timeOf(event_timestamp: unknown, toe?: unknown): unknown {
  const time = eventTime({ event_timestamp: event_timestamp as never }, toe as never, iat);
  return time.ok ? time.value : time.refusal.code;
}

test('The event says when it was, else the SET, else when that was made.', () => {
  assert.equal(timeOf(iat - 60), iat - 60);
  assert.equal(timeOf(iat - 60, iat - 90), iat - 60);
  assert.equal(timeOf(undefined, iat - 90), iat - 90);
  assert.equal(timeOf(undefined), iat);
  assert.equal(timeOf(iat - 0.5), iat - 1);
});

test('Milliseconds are told from seconds.', () => {
  assert.equal(timeOf(1_615_304_991_643), 1_615_304_991);
});

test('What is said to have happened after it was told happened when it was told.', () => {
  for (const far of [iat + 1, iat + 3600, 99_999_999_999, Number.MAX_SAFE_INTEGER]) assert.equal(timeOf(far), iat);
});

test('What is no time is refused.', () => {
  for (const bad of ['2026-01-01', null, -1, true, {}, []])
    assert.equal(timeOf(bad), bad === null ? iat : 'claim_invalid');
  assert.equal(timeOf(undefined, 'x'), 'claim_invalid');
});

test('A cut-off never lies beyond the making of the SET, whatever the event says.', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (told) => {
      const time = timeOf(told);
      assert.ok(typeof time === 'string' ? told < 0 : Number(time) <= iat && Number(time) >= 0);
    }),
  );
});
