import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ServerSentEvent, ServerSentEventReader, writeServerSentEvent } from './server-sent-events.ts';

function readAll(...pieces: readonly (string | Uint8Array)[]): readonly ServerSentEvent[] | undefined {
  const reader = new ServerSentEventReader(1000);
  const events: ServerSentEvent[] = [];
  for (const piece of pieces) {
    const read = reader.read(typeof piece === 'string' ? Buffer.from(piece) : piece);
    if (read === undefined) return undefined;
    events.push(...read);
  }
  return events;
}

test('What is written is read again, however the bytes are cut.', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\r\n]/.test(text));
  const event = fc.record({
    type: fc.constantFrom('head', 'entries'),
    data: line,
    id: fc.stringMatching(/^[\w:-]{0,9}$/),
  });
  const cuts = fc.array(fc.nat(12), { minLength: 1, maxLength: 6 }).filter((sizes) => sizes.some((size) => size > 0));
  fc.assert(
    fc.property(fc.array(event, { maxLength: 5 }), cuts, (events, sizes) => {
      const bytes = Buffer.from(events.map(({ type, data, id }) => writeServerSentEvent(type, data, id)).join(''));
      const pieces: Buffer[] = [];
      for (let at = 0, n = 0; at < bytes.length; n++) {
        const end = at + (sizes[n % sizes.length] ?? 0);
        pieces.push(bytes.subarray(at, end));
        at = end;
      }
      const expected = events
        .filter(({ data }) => data !== '')
        .map(({ type, data, id }) => ({ type, data, lastId: id }));
      assert.deepEqual(readAll(...pieces), expected);
    }),
  );
});

test('Lines end by a return, a line feed or both, also where a piece ends between the two.', () => {
  const expected = [{ type: 'a', data: 'x\ny', lastId: '1' }];
  for (const end of ['\n', '\r', '\r\n']) {
    const text = `id: 1${end}event: a${end}data: x${end}data:y${end}${end}`;
    assert.deepEqual(readAll(text), expected);
    assert.deepEqual(readAll(...text), expected);
  }
});

test('Comments, unknown fields and events without data are passed over, and the id stays until another comes.', () => {
  assert.deepEqual(
    readAll(': hello\nretry: 5\nid: 7\nevent: empty\n\ndata: x\n\nid\ndata: y\n\nid: a\0b\ndata: z\n\n'),
    [
      { type: 'message', data: 'x', lastId: '7' },
      { type: 'message', data: 'y', lastId: '' },
      { type: 'message', data: 'z', lastId: '' },
    ],
  );
});

test('An event that is cut off is none.', () => {
  assert.deepEqual(readAll('data: whole\n\nid: 2\ndata: cut off\n'), [{ type: 'message', data: 'whole', lastId: '' }]);
});

test('What is too long for an event, or no UTF-8, ends the reading.', () => {
  assert.equal(readAll(`data: ${'x'.repeat(1001)}`), undefined);
  assert.equal(readAll(...Array<string>(30).fill(`data: ${'x'.repeat(40)}\n`)), undefined);
  assert.equal(readAll(...Array<string>(30).fill(`data: ${'x'.repeat(40)}\n\n`))?.length, 30);
  assert.equal(readAll('data: ', Uint8Array.of(0xff)), undefined);
});
