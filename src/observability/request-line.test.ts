import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RequestFinished } from '../gateway/index.ts';
import { generateOpaqueToken } from '../opaque/index.ts';
import { rejection } from '../protocol/rejection.ts';
import { createLogger } from './logger.ts';
import { membersOf, requestLine } from './request-line.ts';

const someText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constant('x'.repeat(2000)),
  fc.constant(`/orders/${generateOpaqueToken()}`),
  fc.constant('Bearer "abcdefgh\\n'),
);
const perhaps = fc.option(someText, { nil: undefined });

const someRequest: fc.Arbitrary<RequestFinished> = fc.record({
  requestId: someText,
  face: fc.constantFrom('forward', 'decide', 'upgrade'),
  peer: someText,
  method: someText,
  host: perhaps,
  path: perhaps,
  api: perhaps,
  status: fc.option(fc.constantFrom(200, 401), { nil: undefined }),
  isAborted: fc.boolean(),
  durationMs: fc.nat(),
  upstreamMs: fc.option(fc.nat(), { nil: undefined }),
  bytesIn: fc.nat(),
  bytesOut: fc.nat(),
  rejection: fc.option(
    someText.map((value) => rejection('audience_mismatch', { value, nested: [{ reason: value }], none: undefined })),
    { nil: undefined },
  ),
  caller: fc.option(
    fc.record({ issuer: someText, subject: perhaps, client: perhaps, consumer: perhaps, tokenHash: someText }),
    { nil: undefined },
  ),
});

let logged = '';
const logger = createLogger('info', { write: (line) => (logged = line) });

/** What the logger makes of the same facts. */
function loggedLine(request: RequestFinished): string {
  const { requestId, isAborted, durationMs, upstreamMs, bytesIn, bytesOut, rejection: rejected, caller } = request;
  const { face, peer, method, host, path, api, status } = request;
  const { tokenHash, ...who } = caller ?? { tokenHash: undefined };
  logger.info(
    {
      ...{ request_id: requestId, face, peer, method, host, path, api, status, aborted: isAborted || undefined },
      ...{ duration_ms: durationMs, upstream_ms: upstreamMs, bytes_in: bytesIn, bytes_out: bytesOut },
      ...{ issuer: undefined, ...who, token_hash: tokenHash },
      ...(rejected === undefined ? {} : { code: rejected.code, check: 'policy', facts: rejected.facts }),
    },
    'request',
  );
  return logged;
}

test('the line of a request is the one that the logger would have written', () => {
  fc.assert(
    fc.property(someRequest, (request) => {
      const expected = JSON.parse(loggedLine(request));
      const line = requestLine('info', expected.time, '', request);
      assert.equal(line.at(-1), '\n');
      assert.deepEqual(JSON.parse(line), expected);
    }),
  );
});

test('what every line of the logger carries is carried', () => {
  assert.equal(membersOf({}), '');
  assert.equal(membersOf({ worker: 'a', pid: 7 }), ',"worker":"a","pid":7');
});
