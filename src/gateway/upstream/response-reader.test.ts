import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MalformedMessage } from '../http1/malformed-message.ts';
import { ResponseReader } from './response-reader.ts';

interface Seen {
  readonly heads: [number, ...string[]][];
  body: string;
  trailers: readonly string[] | undefined;
  rest: string | undefined;
  readonly reader: ResponseReader;
}

/** Reads bytes that come in pieces, and perhaps the end of the connection. */
function read(pieces: readonly string[], { method = 'GET', ends = false } = {}): Seen {
  const reader = new ResponseReader({
    onHead: ({ status, fields }) => void seen.heads.push([status, ...fields]),
    onSwitch(_head, rest) {
      seen.rest = rest.toString('latin1');
    },
    onBody(bytes) {
      seen.body += bytes.toString('latin1');
    },
    onEnd(trailers) {
      seen.trailers = trailers;
    },
  });
  const seen: Seen = { heads: [], body: '', trailers: undefined, rest: undefined, reader };
  reader.expect(method);
  for (const piece of pieces) reader.read(Buffer.from(piece, 'latin1'));
  if (ends) reader.end();
  return seen;
}

interface Good {
  readonly title: string;
  readonly bytes: string;
  readonly method?: string;
  readonly ends?: boolean;
  readonly body: string;
  readonly trailers?: readonly string[];
}

const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;

const good: readonly Good[] = [
  { title: 'a body of a known length', bytes: `${ok}Content-Length: 5\r\n\r\nhello`, body: 'hello' },
  { title: 'a body of no length', bytes: `${ok}Content-Length: 0\r\n\r\n`, body: '' },
  { title: 'a status line without reason', bytes: 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok', body: 'ok' },
  { title: 'white space around a value', bytes: `${ok}Content-Length: \t 2 \t\r\n\r\nok`, body: 'ok' },
  { title: 'chunks', bytes: `${chunked}3\r\nabc\r\nA;x="y"\r\n0123456789\r\n0\r\n\r\n`, body: 'abc0123456789' },
  {
    title: 'trailers',
    bytes: `${chunked}1\r\na\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n`,
    body: 'a',
    trailers: ['X-Sum', '1', 'X-More', '2'],
  },
  { title: 'all until the connection ends', bytes: `${ok}\r\nall of it`, ends: true, body: 'all of it' },
  { title: 'nothing until the connection ends', bytes: `${ok}\r\n`, ends: true, body: '' },
  { title: 'HTTP/1.0', bytes: 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok', body: 'ok' },
  { title: 'HEAD', bytes: `${ok}Content-Length: 5\r\n\r\n`, method: 'HEAD', body: '' },
  { title: '204', bytes: 'HTTP/1.1 204 No Content\r\n\r\n', body: '' },
  { title: '304 that tells a length', bytes: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n', body: '' },
  {
    title: 'an interim answer before',
    bytes: `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok}Content-Length: 2\r\n\r\nok`,
    body: 'ok',
  },
];

for (const { title, bytes, method, ends, body, trailers = [] } of good) {
  test(`${title}: read, in whatever pieces it comes`, () => {
    const whole = read([bytes], { method, ends });
    assert.equal(whole.body, body);
    assert.deepEqual(whole.trailers, trailers);
    assert.ok(whole.reader.isOver);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, i) => bytes.slice(places[i], end));
        const seen = read(pieces, { method, ends });
        assert.deepEqual([seen.heads, seen.body, seen.trailers], [whole.heads, body, trailers]);
      }),
      { numRuns: 30 },
    );
  });
}

const bad: Readonly<Record<string, string>> = {
  'another protocol': '220 mail.example.com ESMTP\r\n',
  'HTTP/2': 'HTTP/2 200\r\n\r\n',
  'HTTP/1.2': 'HTTP/1.2 200 OK\r\n\r\n',
  'a status of two digits': 'HTTP/1.1 20 OK\r\n\r\n',
  'two spaces before the status': 'HTTP/1.1  200 OK\r\n\r\n',
  'an empty line first': `\r\n${ok}\r\n`,
  'two lengths': `${ok}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`,
  'the same length twice': `${ok}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`,
  'a list of lengths': `${ok}Content-Length: 3, 3\r\n\r\nabc`,
  'a negative length': `${ok}Content-Length: -1\r\n\r\n`,
  'a length with a sign': `${ok}Content-Length: +1\r\n\r\na`,
  'a length in hexadecimal': `${ok}Content-Length: 0x1\r\n\r\na`,
  'an empty length': `${ok}Content-Length:\r\n\r\n`,
  'a length with a space that is none': `${ok}Content-Length: 1\u00a0\r\n\r\na`,
  'length and chunks': `${ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n`,
  'chunks and length': `${chunked.slice(0, -2)}Content-Length: 3\r\n\r\n`,
  'two codings': `${ok}Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n`,
  'a list of codings': `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`,
  'another coding': `${ok}Transfer-Encoding: identity\r\n\r\n`,
  'chunks in HTTP/1.0': 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
  'a name that imitates Transfer-Encoding': `${ok}Transfer_Encoding: chunked\r\n\r\n`,
  'a space before the colon': `${ok}Content-Length : 3\r\n\r\nabc`,
  'a folded line': `${ok}X-A: b\r\n c\r\n\r\n`,
  'a first line that is folded': `${ok} X-A: b\r\n\r\n`,
  'a line without colon': `${ok}X-A\r\n\r\n`,
  'a line without name': `${ok}: b\r\n\r\n`,
  'a bare line feed': `${ok}X-A: b\nX-B: c\r\n\r\n`,
  'a bare carriage return': `${ok}X-A: b\rX-B: c\r\n\r\n`,
  'a zero byte': `${ok}X-A: b\0c\r\n\r\n`,
  'a chunk without size': `${chunked}\r\nabc\r\n`,
  'a chunk size that is no number': `${chunked}3g\r\nabc\r\n`,
  'a chunk size with a sign': `${chunked}+3\r\nabc\r\n`,
  'a chunk size in C notation': `${chunked}0x3\r\nabc\r\n`,
  'a chunk that is longer than it says': `${chunked}3\r\nabcd\r\n`,
  'a chunk that ends with a bare line feed': `${chunked}3\r\nabc\n0\r\n\r\n`,
  'a chunk line with a bare line feed': `${chunked}3\nabc\r\n\r\n`,
  'a chunk extension with a bare line feed': `${chunked}3;a\n0\r\nabc\r\n`,
  'a folded trailer': `${chunked}0\r\nX-A: b\r\n c\r\n\r\n`,
  'bytes after the answer': `${ok}Content-Length: 2\r\n\r\nok${ok}`,
  'a body after 204': 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok',
  'a head without end': `${ok}X-A: ${'b'.repeat(17_000)}`,
  'a chunk line without end': `${chunked}3;${'b'.repeat(2_000)}`,
  'trailers without end': `${chunked}0\r\nX-A: ${'b'.repeat(17_000)}`,
};

for (const [title, bytes] of Object.entries(bad)) {
  test(`${title}: refused`, () => {
    const isMalformed = (error: unknown): boolean => error instanceof MalformedMessage;
    assert.throws(() => read([bytes]), isMalformed);
    assert.throws(() => read([...bytes]), isMalformed, 'byte by byte');
  });
}

test('an answer that breaks off is none', () => {
  const broken = ['HTT', ok, `${ok}Content-Length: 3\r\n\r\nab`, `${chunked}3\r\nabc\r\n`, `${chunked}0\r\n`];
  for (const bytes of broken) {
    assert.throws(() => read([bytes], { ends: true }), { code: 'closed' });
  }
});

test('after an upgrade whatever comes is handed over as it is', () => {
  const { rest, reader } = read(['HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x02hi']);
  assert.equal(rest, '\x81\x02hi');
  assert.ok(reader.isOver);
});
