import type { Provocations } from './provocation.ts';
import { acmeToken } from './stage.ts';

/** Refused before it is asked who calls. */
export const ofTheRequest = {
  request_malformed: {
    'two hosts': (stage) => stage.call({ lines: ['Host: other.example'] }),
    'two lengths': (stage) => stage.call({ method: 'POST', lines: ['Content-Length: 1', 'Content-Length: 2'] }),
    'a length and chunks': (stage) =>
      stage.call({ method: 'POST', lines: ['Content-Length: 1', 'Transfer-Encoding: chunked'], body: '0\r\n\r\n' }),
    'what is no HTTP': (stage) => stage.raw('Good morning!\r\n\r\n'),
    'a line feed within the token': (stage) => stage.call({ token: 'abc\ndef' }),
    'no host': (stage) => stage.raw('GET /orders HTTP/1.1\r\nConnection: close\r\n\r\n'),
  },
  path_ambiguous: {
    'a dot segment': (stage) => stage.call({ target: '/orders/../callers' }),
    'an encoded dot segment': (stage) => stage.call({ target: '/orders/%2e%2e/callers' }),
    'an encoded slash': (stage) => stage.call({ target: '/orders%2Fcallers' }),
    'double encoding': (stage) => stage.call({ target: '/orders/%252e%252e' }),
  },
  method_unsupported: {
    TRACE: (stage) => stage.call({ method: 'TRACE' }),
    CONNECT: (stage) => stage.raw('CONNECT db.internal:5432 HTTP/1.1\r\nHost: db.internal:5432\r\n\r\n'),
  },
  transfer_coding_unsupported: {
    'gzip, then chunked': (stage) =>
      stage.call({ method: 'POST', lines: ['Transfer-Encoding: gzip, chunked'], body: '0\r\n\r\n' }),
  },
  request_timeout: {
    'half a head': (stage) => stage.raw('GET /orders HTTP/1.1\r\nHost: api.ex', 5_000),
  },
  route_unknown: {
    'a path of no API': (stage) => stage.call({ target: '/elsewhere', token: acmeToken() }),
    'a path that only begins like one': (stage) => stage.call({ target: '/ordersx' }),
  },
  body_too_large: {
    'by its length': (stage) =>
      stage.call({ method: 'POST', token: acmeToken(), lines: ['Content-Length: 1025'], body: 'x'.repeat(1025) }),
    'by its chunks': (stage) =>
      stage.call({
        method: 'POST',
        token: acmeToken(),
        lines: ['Transfer-Encoding: chunked'],
        body: `300\r\n${'x'.repeat(0x300)}\r\n`.repeat(2).concat('0\r\n\r\n'),
      }),
  },
  target_too_long: {
    'a long path': (stage) => stage.call({ target: `/orders/${'x'.repeat(9_000)}` }),
    'a long query': (stage) => stage.call({ target: `/orders?${'x'.repeat(9_000)}` }),
  },
  headers_too_large: {
    'a long one': (stage) => stage.call({ lines: [`X-Long: ${'x'.repeat(40_000)}`] }),
    'many short ones': (stage) => stage.call({ lines: Array.from({ length: 101 }, (_, i) => `X-${i}: x`) }),
  },
  proxy_untrusted: {
    'a client that asks for a decision': (stage) =>
      stage.call({ target: '/decide', lines: ['X-Original-Method: GET', 'X-Original-URI: /orders'] }),
  },
  credential_missing: {
    'no credential': (stage) => stage.call({}),
    'another scheme': (stage) => stage.call({ lines: ['Authorization: Basic cm9vdDpyb290'] }),
  },
  credential_malformed: {
    'no token': (stage) => stage.call({ lines: ['Authorization: Bearer'] }),
    'two spaces': (stage) => stage.call({ token: ` ${acmeToken()}` }),
    'two tokens in one field': (stage) => stage.call({ token: `${acmeToken()}, Bearer ${acmeToken()}` }),
  },
  credential_ambiguous: {
    'two fields': (stage) => stage.call({ token: acmeToken(), lines: [`Authorization: Bearer ${acmeToken()}`] }),
  },
  credential_in_query: {
    'a token in the URL': (stage) => stage.call({ target: `/orders?access_token=${acmeToken()}` }),
  },
} as const satisfies Provocations;
