import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { serveTcp } from '../../test/fixtures/a-server.ts';
import {
  activeAnswer,
  anIntrospectionServer,
  answer,
  aVerifier,
  type Reply,
  token,
} from '../../test/fixtures/an-introspection-server.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import {
  type IntrospectionFailed,
  introspectionsFailed,
  type TokenIntrospected,
  tokensIntrospected,
} from './channels.ts';
import type { IntrospectionOptions } from './introspection-options.ts';

/** All that the opaque module announces during a test. */
function announcements(t: TestContext): { alarms: IntrospectionFailed[]; counts: TokenIntrospected[] } {
  const heard = { alarms: [] as IntrospectionFailed[], counts: [] as TokenIntrospected[] };
  t.after(introspectionsFailed.listen((alarm) => heard.alarms.push(alarm)));
  t.after(tokensIntrospected.listen((count) => heard.counts.push(count)));
  return heard;
}

/** It is no verdict on the token, it names the failure, and it tells neither token nor secret. */
function assertUnavailable(verdict: Verdict<VerifiedToken>, failure: string): void {
  assert.ok(!verdict.ok);
  assert.equal(verdict.rejection.code, 'issuer_unavailable');
  assert.equal(verdict.rejection.facts['failure'], failure);
  assert.ok((verdict.rejection.retryAfter ?? 0) >= 1);
  const told = JSON.stringify(verdict.rejection);
  for (const secret of [token, 'gate-secret', 'Z2F0ZTpnYXRlLXNlY3JldA']) assert.ok(!told.includes(secret), told);
}

async function failureOf(t: TestContext, reply: Reply, options: Partial<IntrospectionOptions> = {}) {
  const heard = announcements(t);
  const server = await anIntrospectionServer(t, reply);
  const verifier = aVerifier(t, `${server.url}?key=gate-secret`, options);
  const verdict = await verifier.ask();
  return { verdict, verifier, heard, server };
}

const noAnswers: Readonly<Record<string, readonly [Reply, string]>> = {
  'our credentials are refused (401)': [{ status: 401, body: { error: 'invalid_client' } }, 'credentials_refused'],
  'our credentials do not suffice (403)': [{ status: 403, body: 'Forbidden' }, 'credentials_refused'],
  'the server has an error (500)': [{ status: 500, body: { active: true } }, 'server_error'],
  'the server is overloaded (503)': [{ status: 503, body: '' }, 'server_error'],
  'we are too fast (429)': [{ status: 429, body: '', headers: { 'retry-after': '7' } }, 'rate_limited'],
  'the place is another (404)': [{ status: 404, type: 'text/html', body: '<html>' }, 'status_unexpected'],
  'a bad request (400)': [{ status: 400, body: { error: 'invalid_request' } }, 'status_unexpected'],
  'nothing at all (204)': [(response) => response.writeHead(204).end(), 'status_unexpected'],
  'a page for people': [{ type: 'text/html', body: '<html>active</html>' }, 'not_json'],
  'HTML that calls itself JSON': [{ body: '<html>' }, 'not_json'],
  'JSON that says a thing twice': [{ body: '{"active":false,"active":true}' }, 'json_unsafe'],
  'an answer that is compressed': [{ body: '{}', headers: { 'content-encoding': 'gzip' } }, 'answer_encoded'],
  'an empty body': [{ body: '' }, 'not_json'],
  'an answer without `active`': [{ body: { ...activeAnswer, active: undefined } }, 'answer_malformed'],
  'an answer that is a list': [{ body: [activeAnswer] }, 'answer_malformed'],
  'an answer that is a text': [{ body: '"active"' }, 'answer_malformed'],
  'more than an answer can be': [{ body: { ...activeAnswer, padding: 'x'.repeat(64 * 1024) } }, 'too_large'],
  'a redirect': [{ status: 302, headers: { location: 'https://elsewhere.example/' }, body: '' }, 'redirect'],
};

for (const [title, [reply, code]] of Object.entries(noAnswers)) {
  test(`${title}: 503 for the caller, an alarm for the operator`, async (t) => {
    const { verdict, verifier, heard } = await failureOf(t, reply);
    assertUnavailable(verdict, code);
    assert.equal(heard.alarms.length, 1);
    const [alarm] = heard.alarms;
    assert.equal(alarm?.failure.code, code);
    assert.ok((alarm?.failure.remedy.length ?? 0) > 10);
    assert.deepEqual([heard.counts.length, heard.counts[0]?.outcome], [1, code]);
    assert.equal(verifier.health().state, 'failing');
    assert.equal(verifier.health().lastFailure?.failure.code, code);
    const told = JSON.stringify([heard, verifier.health()]);
    for (const secret of [token, 'gate-secret']) assert.ok(!told.includes(secret), told);
  });
}

test('the body of an error is never repeated, but for the codes of the standards', async (t) => {
  const echo = (error: string): Reply => ({ status: 401, body: { error, error_description: token } });
  const known = await failureOf(t, echo('invalid_client'));
  assert.equal(!known.verdict.ok && known.verdict.rejection.facts['error'], 'invalid_client');
  const unknown = await failureOf(t, echo(token));
  assertUnavailable(unknown.verdict, 'credentials_refused');
  assert.equal(!unknown.verdict.ok && unknown.verdict.rejection.facts['error'], undefined);
});

test('how long to wait is passed on, within bounds', async (t) => {
  for (const [header, seconds] of [
    ['7', 7],
    ['0', 1],
    ['3600', 60],
    ['Fri, 31 Dec 2027 23:59:59 GMT', 1],
    ['-1', 1],
  ] as const) {
    const { verdict } = await failureOf(t, { status: 429, headers: { 'retry-after': header }, body: '' });
    assert.equal(!verdict.ok && verdict.rejection.retryAfter, seconds, header);
  }
});

test('an issuer that does not answer, or drips, is given up after the time-out', async (t) => {
  const silent = await failureOf(t, () => undefined, { timeout: 60 });
  assertUnavailable(silent.verdict, 'timeout');
  const dripping: Reply = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(timer));
  };
  const drips = await failureOf(t, dripping, { timeout: 60 });
  assertUnavailable(drips.verdict, 'timeout');
});

test('an issuer that is not there is not there', async (t) => {
  const port = await serveTcp(t, (socket) => socket.destroy());
  assertUnavailable(await aVerifier(t, `http://127.0.0.1:${port}/`).ask(), 'connection_lost');
  assertUnavailable(await aVerifier(t, 'http://127.0.0.1:1/').ask(), 'refused');
});

test('a kept connection that the server has just closed is no failure: the question is asked again', async (t) => {
  const heard = announcements(t);
  let closes = 1;
  const server = await anIntrospectionServer(t, (response) => {
    if (closes-- > 0) response.socket?.destroy();
    else answer({ body: activeAnswer }, response);
  });
  const verifier = aVerifier(t, server.url);
  assert.ok((await verifier.ask()).ok);
  assert.equal(server.received.length, 2);
  assert.deepEqual(heard.alarms, []);
  closes = 2;
  verifier.time += 60_000;
  assertUnavailable(await verifier.ask(), 'connection_lost');
  assert.equal(server.received.length, 4);
});

test('no failure is remembered: the next request asks again', async (t) => {
  const { verifier, server } = await failureOf(t, { status: 500, body: '' });
  server.reply = { body: activeAnswer };
  assert.ok((await verifier.ask()).ok);
  const { state, lastSuccess, lastFailure, failures } = verifier.health();
  assert.deepEqual([state, lastSuccess, lastFailure?.failure.code, failures], ['ok', verifier.time, 'server_error', 0]);
});
