import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectionRefused, requestFinished } from '../../src/gateway/index.ts';
import { type Rejection, type RejectionCode, rejectionKinds } from '../../src/protocol/rejection.ts';
import type { Reply } from '../fixtures/a-raw-reply.ts';
import { everyRejection } from './rejections/every-rejection.ts';
import type { Provocation } from './rejections/provocation.ts';
import { acmeToken, type Stage, setStage } from './rejections/stage.ts';

let stage: Stage;

/** What the operator is told, by request id. */
const announced = new Map<string, Rejection>();

before(async () => {
  requestFinished.listen(({ requestId, rejection }) => rejection && announced.set(requestId, rejection));
  connectionRefused.listen(({ requestId, rejection }) => announced.set(requestId, rejection));
  stage = await setStage();
});

after(() => stage?.close());

test('a good token of either kind is let in on the API that the refused ones are sent to', async () => {
  for (const token of [acmeToken(), await stage.issue()]) {
    const { status, body } = await stage.call({ token });
    assert.equal(status, 200, body);
  }
});

const table: readonly (readonly [string, Readonly<Record<string, Provocation>>])[] = Object.entries(everyRejection);

for (const [name, provocations] of table) {
  const code = name as RejectionCode;
  for (const [deed, provoke] of Object.entries(provocations)) {
    test(`${code}: ${deed}`, async () => {
      const reply = await provoke(stage);
      assertRefused(reply, code);
      const id = reply.headers.get('x-request-id') ?? '';
      assertDiscreet(reply, announced.get(id) ?? assert.fail(`${id} was not announced`));
    });
  }
}

/** RFC 9457, RFC 6750 section 3. */
function assertRefused(reply: Reply, code: RejectionCode): void {
  const { check, status, title } = rejectionKinds[code];
  const { headers } = reply;
  const { scope, ...problem } = JSON.parse(reply.body) as Record<string, unknown>;
  const request_id = headers.get('x-request-id');
  assert.deepEqual(problem, { type: `urn:gatehouse:rejection:${code}`, title, status, code, check, request_id });
  assert.match(request_id ?? '', /^[0-9a-f]{16}-[0-9a-z]+$/);
  assert.equal(reply.status, status);
  assert.equal(headers.get('content-type'), 'application/problem+json');
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('content-length'), String(Buffer.byteLength(reply.body)));
  assert.equal(headers.get('www-authenticate'), challengeOf(code, scope));
}

function challengeOf(code: RejectionCode, scope: unknown): string | null {
  const kind: { status: number; title: string; error?: string } = rejectionKinds[code];
  if (kind.status !== 401 && kind.error === undefined) return null;
  const error = kind.error === undefined ? '' : `, error="${kind.error}", error_description="${kind.title}"`;
  return `Bearer realm="gatehouse"${error}${code === 'scope_insufficient' ? `, scope="${scope}"` : ''}`;
}

/** The public half says when to try again and which scopes would do; of the private half it says nothing else. */
function assertDiscreet(reply: Reply, { code, facts, scope, retryAfter }: Rejection): void {
  assert.equal(JSON.parse(reply.body).code, code);
  assert.equal(JSON.parse(reply.body).scope, scope?.join(' '));
  assert.equal(reply.headers.get('retry-after'), retryAfter === undefined ? null : String(retryAfter));
  for (const fact of textsIn(facts)) {
    const isPublic = fact.length < 5 || scope?.includes(fact) === true;
    assert.ok(isPublic || !reply.received.includes(fact), `the reply says ${JSON.stringify(fact)}`);
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
