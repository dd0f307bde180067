import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MalformedMessage } from '../http1/malformed-message.ts';
import { type RequestHead, readRequestHead } from './request-head.ts';

const read = (text: string): RequestHead => readRequestHead(text, text.length);
const get = (fields: string, version = '1.1'): RequestHead => read(`GET /x HTTP/${version}\r\nHost: h\r\n${fields}`);

test('a head is told as it was sent', () => {
  const head = read('POST /a?b HTTP/1.1\r\nHost: h:1\r\nX-A:b\r\nx-b: \t c d\t \r\nX-Empty:\r\nX-Blank: \r\n');
  assert.equal(head.method, 'POST');
  assert.equal(head.target, '/a?b');
  assert.equal(head.host, 'h:1');
  assert.deepEqual(head.fields, ['Host', 'h:1', 'X-A', 'b', 'x-b', 'c d', 'X-Empty', '', 'X-Blank', '']);
  assert.equal(head.hasBody, false);
  assert.equal(head.fault, undefined);
});

for (const [title, text] of [
  ['a request line without version', 'GET /x\r\nHost: h\r\n'],
  ['another version', 'GET /x HTTP/2.0\r\nHost: h\r\n'],
  ['a version that is none', 'GET /x HTTP/1.11\r\nHost: h\r\n'],
  ['a version in lower case', 'GET /x http/1.1\r\nHost: h\r\n'],
  ['two spaces', 'GET  /x HTTP/1.1\r\nHost: h\r\n'],
  ['a tab', 'GET\t/x HTTP/1.1\r\nHost: h\r\n'],
  ['a space within the target', 'GET /x y HTTP/1.1\r\nHost: h\r\n'],
  ['a space behind the version', 'GET /x HTTP/1.1 \r\nHost: h\r\n'],
  ['a control character in the target', 'GET /x\x01 HTTP/1.1\r\nHost: h\r\n'],
  ['a method that is no token', 'G(T /x HTTP/1.1\r\nHost: h\r\n'],
  ['a space before the colon', 'GET /x HTTP/1.1\r\nHost : h\r\n'],
  ['a space before the name', 'GET /x HTTP/1.1\r\n Host: h\r\n'],
  ['a folded line', 'GET /x HTTP/1.1\r\nHost: h\r\nX-A: b\r\n c\r\n'],
  ['a line without colon', 'GET /x HTTP/1.1\r\nHost: h\r\nX-A\r\n'],
  ['a name that is empty', 'GET /x HTTP/1.1\r\n: h\r\n'],
  ['a bare line feed', 'GET /x HTTP/1.1\r\nHost: h\nX-A: b\r\n'],
  ['a bare carriage return', 'GET /x HTTP/1.1\r\nHost: h\rX-A: b\r\n'],
  ['a NUL', 'GET /x HTTP/1.1\r\nHost: h\r\nX-A: b\0c\r\n'],
  ['a DEL', 'GET /x HTTP/1.1\r\nHost: h\r\nX-A: b\x7fc\r\n'],
] as const) {
  test(`${title} makes it no head`, () => {
    assert.throws(() => read(text), MalformedMessage);
  });
}

for (const [title, fields, reason] of [
  ['a second Host', 'host: h\r\n', 'more than one Host'],
  ['two lengths alike', 'Content-Length: 0\r\nContent-Length: 0\r\n', 'more than one Content-Length'],
  ['two codings', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', 'more than one Transfer-Encoding'],
  ['content with GET', 'Content-Length: 1\r\n', 'content with GET'],
  ['chunks with GET', 'Transfer-Encoding: chunked\r\n', 'content with GET'],
  ['a length that is none', 'Content-Length: 1x\r\n', 'Content-Length is no number'],
  ['an imitation', 'Content_Length: 1\r\n', 'a field that imitates Content-Length or Transfer-Encoding'],
] as const) {
  test(`${title} is a fault`, () => {
    assert.deepEqual(get(fields).fault?.facts, { reason });
  });
}

test('without Host there is a fault, in HTTP/1.0 too', () => {
  for (const version of ['1.0', '1.1']) {
    assert.equal(read(`GET /x HTTP/${version}\r\n`).fault?.code, 'request_malformed');
  }
});

test('no coding is known but chunked, and that not in HTTP/1.0', () => {
  const post = (version: string, coding: string) =>
    read(`POST /x HTTP/${version}\r\nHost: h\r\nTransfer-Encoding: ${coding}\r\n`);
  assert.equal(post('1.1', 'Chunked').fault, undefined);
  assert.equal(post('1.1', 'gzip, chunked').fault?.code, 'transfer_coding_unsupported');
  assert.equal(post('1.0', 'chunked').fault?.code, 'request_malformed');
});

test('a connection is kept as the version and Connection say', () => {
  for (const [version, fields, isKept] of [
    ['1.1', '', true],
    ['1.1', 'Connection: close\r\n', false],
    ['1.1', 'Connection: x, Close\r\n', false],
    ['1.1', 'Connection: keep-alive\r\nConnection: close\r\n', false],
    ['1.0', '', false],
    ['1.0', 'Connection: Keep-Alive\r\n', true],
    ['1.0', 'Connection: x, keep-alive\r\n', true],
  ] as const) {
    assert.equal(get(fields, version).isKept, isKept, `${version} ${fields}`);
  }
});

test('only a WebSocket handshake asks for an upgrade', () => {
  const upgrade = 'Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n';
  assert.equal(get(upgrade).asksForWebSocket, true);
  assert.equal(get(upgrade).isKept, false);
  assert.equal(get(upgrade, '1.0').asksForWebSocket, false);
  assert.equal(get(upgrade.replace('WebSocket', 'h2c')).asksForWebSocket, false);
  assert.equal(get(`${upgrade}Upgrade: h2c\r\n`).asksForWebSocket, false);
  assert.equal(get('Upgrade: websocket\r\n').asksForWebSocket, false);
});

test('every value that RFC 9110 allows comes through, without the space around it', () => {
  const character = fc.integer({ min: 0x21, max: 0xff }).filter((code) => code !== 0x7f);
  const word = fc.array(character, { minLength: 1 }).map((codes) => String.fromCharCode(...codes));
  const space = fc.stringMatching(/^[ \t]{0,3}$/);
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), space, space, (words, before, after) => {
      const value = words.join(' \t');
      assert.equal(get(`X-A:${before}${value}${after}\r\n`).fields[3], value);
    }),
  );
});

test('a line takes no longer to refuse than it is long', () => {
  const long = `${' '.repeat(200_000)}\x01`;
  const started = process.cpuUsage().user;
  assert.throws(() => get(`X-A:${long}\r\n`), MalformedMessage);
  assert.throws(() => get(`X-A:${'a '.repeat(100_000)}\x01\r\n`), MalformedMessage);
  // Were it quadratic, it would be hours.
  assert.ok(process.cpuUsage().user - started < 5_000_000);
});
