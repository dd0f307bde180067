import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ServerSentEvent, ServerSentEventReader } from '../base/server-sent-events.ts';
import type { LogEvent } from './log-event.ts';
import { startOfLog } from './log-position.ts';
import { readPosition, writePosition } from './position-text.ts';
import { readLogEvent } from './read-log-event.ts';
import { type RevocationEffect, type RevocationKind, revocationKinds } from './revocation.ts';
import { writeLogEvent } from './write-log-event.ts';

const kinds = Object.keys(revocationKinds) as RevocationKind[];
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const mark = fc.stringMatching(/^[\w-]{1,12}$/);
const effect = fc.record({
  at: fc.nat(),
  issuer: text,
  kind: fc.constantFrom(...kinds),
  value: text,
  client: maybe(text),
  before: maybe(fc.nat()),
  from: maybe(fc.nat()),
  expiresAt: fc.nat(),
});

function sent(event: LogEvent): ServerSentEvent {
  const [read, ...more] = new ServerSentEventReader(100_000).read(Buffer.from(writeLogEvent(event))) ?? [];
  assert.ok(read !== undefined && more.length === 0);
  return read;
}

test('Every event is read as it was written.', () => {
  fc.assert(
    fc.property(fc.array(effect, { maxLength: 5 }), fc.nat(), mark, mark, (effects, first, from, to) => {
      const after = first === 0 ? startOfLog : { seq: first, mark: from };
      const entries: RevocationEffect[] = effects.map((each, n) => ({ ...each, seq: first + 1 + 2 * n }));
      const position = { seq: entries.at(-1)?.seq ?? first + 1, mark: to };
      for (const event of [
        { kind: 'entries', after, position, entries },
        { kind: 'head', position, elapsedMs: first / 7 },
        { kind: 'reset' },
      ] as const) {
        assert.deepEqual(readLogEvent(sent(event)), event);
      }
    }),
  );
});

test('Who wanted a revocation, and why, is not told.', () => {
  const [entry] = fc.sample(effect, 1);
  const told = { ...entry!, seq: 1, reason: 'left the company', actor: 'subject:ada' };
  const event = { kind: 'entries', after: startOfLog, position: { seq: 1, mark: 'a' }, entries: [told] } as const;
  assert.doesNotMatch(writeLogEvent(event), /left the company|ada/);
});

test('A position is read only as it was written.', () => {
  assert.deepEqual(readPosition(writePosition({ seq: 7, mark: 'a-_b' })), { seq: 7, mark: 'a-_b' });
  assert.deepEqual(readPosition(writePosition(startOfLog)), startOfLog);
  for (const wrong of [
    '',
    '7',
    'a:',
    'a:07',
    'a:-1',
    'a:7.5',
    ':7',
    'a b:7',
    'a:7:8',
    `${'a'.repeat(65)}:7`,
    'a:9999999999999999',
  ]) {
    assert.equal(readPosition(wrong), undefined, wrong);
  }
});

test('What is not understood in full is not taken in part.', () => {
  const entry = { seq: 5, at: 1, issuer: 'i', kind: 'subject', value: 'v', expires_at: 9 };
  const entries = (listed: unknown, after = 'a:4', lastId = 'b:6') =>
    readLogEvent({ type: 'entries', data: JSON.stringify({ after, entries: listed }), lastId });
  assert.equal(entries([entry])?.kind, 'entries');
  const faulty = [
    { ...entry, kind: 'constructor' },
    { ...entry, kind: 'planet' },
    { ...entry, value: '' },
    { ...entry, issuer: 7 },
    { ...entry, before: '7' },
    { ...entry, client: null },
    { ...entry, expires_at: undefined },
    { ...entry, seq: 4 },
    { ...entry, seq: 7 },
    { ...entry, seq: 5.5 },
    [],
    null,
  ];
  for (const one of faulty) assert.equal(entries([one]), undefined, JSON.stringify(one));
  assert.equal(entries([entry, entry]), undefined);
  assert.equal(entries({}), undefined);
  assert.equal(entries([entry], 'nowhere'), undefined);
  assert.equal(entries([entry], 'a:4', ''), undefined);
  assert.equal(readLogEvent({ type: 'head', data: '{"elapsed_ms":"1"}', lastId: 'a:4' }), undefined);
  assert.equal(readLogEvent({ type: 'head', data: '{"elapsed_ms":1}', lastId: '' }), undefined);
  assert.equal(readLogEvent({ type: 'message', data: '{}', lastId: 'a:4' }), undefined);
  assert.equal(readLogEvent({ type: 'reset', data: 'no JSON', lastId: '' }), undefined);
});
