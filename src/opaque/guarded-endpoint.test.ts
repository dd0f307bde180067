import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import {
  activeAnswer,
  anIntrospectionServer,
  answer,
  aVerifier,
  type VerifierUnderTest,
} from '../../test/fixtures/an-introspection-server.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import { introspectionCircuits, tokensIntrospected } from './channels.ts';
import type { IntrospectionOptions } from './introspection-options.ts';

/** A server that keeps every question open until the test answers. */
async function aPatientServer(t: TestContext, options: Partial<IntrospectionOptions> = {}) {
  const open: ServerResponse[] = [];
  let wanted = Number.POSITIVE_INFINITY;
  let reached: (() => void) | undefined;
  const server = await anIntrospectionServer(t, (response) => {
    open.push(response);
    if (open.length >= wanted) reached?.();
  });
  return {
    server,
    verifier: aVerifier(t, server.url, options),
    open,
    /** Resolves when so many questions are open. */
    async until(count: number): Promise<void> {
      if (open.length >= count) return;
      wanted = count;
      await new Promise<void>((resolve) => {
        reached = resolve;
      });
    },
    answerAll(body: unknown = activeAnswer): void {
      for (const response of open.splice(0)) answer({ body }, response);
    },
  };
}

function failureOf(verdict: Verdict<VerifiedToken>): unknown {
  return verdict.ok ? undefined : (verdict.rejection.facts['failure'] ?? verdict.rejection.code);
}

async function fail(verifier: VerifierUnderTest, times: number): Promise<void> {
  for (let time = 0; time < times; time++) assert.ok(!(await verifier.ask(`token-${time}`)).ok);
}

test('a token that is being asked about is not asked about again', async (t) => {
  const { server, verifier, until, answerAll } = await aPatientServer(t);
  const asked = Array.from({ length: 50 }, () => verifier.ask());
  await until(1);
  const witnessed = verifier.ask(undefined, 0, () => undefined);
  answerAll();
  const verdicts = await Promise.all([...asked, witnessed]);
  assert.ok(verdicts.every(({ ok }) => ok));
  assert.equal(server.received.length, 1);
});

test('tokens with a common beginning are different tokens', async (t) => {
  const server = await anIntrospectionServer(t, (response, { parameters }) => {
    answer({ body: parameters['token']?.endsWith('good') ? activeAnswer : { active: false } }, response);
  });
  const verifier = aVerifier(t, server.url);
  const beginning = 'x'.repeat(500);
  const verdicts = await Promise.all([verifier.ask(`${beginning}good`), verifier.ask(`${beginning}bad`)]);
  assert.deepEqual(verdicts.map(failureOf), [undefined, 'token_inactive']);
  assert.equal(failureOf(await verifier.ask(`${beginning}bad`)), 'token_inactive');
});

test('so many requests are under way at once, as many wait, and the rest is refused at once', async (t) => {
  const { server, verifier, open, until, answerAll } = await aPatientServer(t, { concurrency: 3, timeout: 5_000 });
  const asked = Array.from({ length: 6 }, (_, number) => verifier.ask(`token-${number}`));
  await until(3);
  assert.deepEqual([verifier.health().asking, verifier.health().waiting], [3, 3]);
  const refused = await verifier.ask('one too many');
  assert.equal(failureOf(refused), 'saturated');
  assert.equal(open.length, 3);
  answerAll();
  await until(3);
  answerAll();
  assert.ok((await Promise.all(asked)).every(({ ok }) => ok));
  assert.equal(server.received.length, 6);
  assert.deepEqual([verifier.health().asking, verifier.health().waiting, verifier.health().state], [0, 0, 'ok']);
});

test('as many as may be asked about at once really are', async (t) => {
  const { verifier, until, answerAll } = await aPatientServer(t, { timeout: 10_000 });
  const asked = Array.from({ length: 64 }, (_, number) => verifier.ask(`token-${number}`));
  await until(64);
  answerAll();
  assert.ok((await Promise.all(asked)).every(({ ok }) => ok));
});

test('whoever has waited for half a time-out is refused', async (t) => {
  const { verifier, until } = await aPatientServer(t, { concurrency: 1, timeout: 200 });
  const first = verifier.ask('first');
  await until(1);
  assert.equal(failureOf(await verifier.ask('second')), 'saturated');
  assert.equal(failureOf(await first), 'timeout');
});

test('an issuer that keeps failing is left alone, and then tried with a single question', async (t) => {
  const circuits: boolean[] = [];
  t.after(introspectionCircuits.listen(({ open }) => circuits.push(open)));
  const server = await anIntrospectionServer(t, { status: 500, body: '' });
  const verifier = aVerifier(t, server.url);
  await fail(verifier, 5);
  assert.deepEqual([verifier.health().state, verifier.health().nextAttempt], ['open', verifier.time + 2_000]);

  const left = await verifier.ask('another');
  assert.equal(failureOf(left), 'circuit_open');
  assert.ok(!left.ok && left.rejection.facts['last'] === 'server_error' && left.rejection.retryAfter === 2);
  assert.equal(server.received.length, 5);

  verifier.time += 2_000;
  const held: ServerResponse[] = [];
  const arrived = new Promise<void>((resolve) => {
    server.reply = (response) => {
      held.push(response);
      resolve();
    };
  });
  const probe = verifier.ask('probe');
  await arrived;
  const others = await Promise.all(['a', 'b', 'c'].map((token) => verifier.ask(token)));
  assert.deepEqual(others.map(failureOf), ['circuit_open', 'circuit_open', 'circuit_open']);
  assert.equal(server.received.length, 6);

  server.reply = { body: activeAnswer };
  for (const response of held) answer({ body: activeAnswer }, response);
  assert.ok((await probe).ok);
  assert.ok((await verifier.ask('another')).ok);
  assert.deepEqual([verifier.health().state, verifier.health().nextAttempt], ['ok', undefined]);
  assert.deepEqual(circuits, [true, false]);
});

test('a probe that fails leaves the issuer alone for as long again', async (t) => {
  const server = await anIntrospectionServer(t, { status: 401, body: '' });
  const verifier = aVerifier(t, server.url);
  await fail(verifier, 5);
  verifier.time += 2_000;
  assert.equal(failureOf(await verifier.ask('probe')), 'credentials_refused');
  verifier.time += 1_999;
  assert.equal(failureOf(await verifier.ask('early')), 'circuit_open');
  assert.equal(server.received.length, 6);
});

test('who waits while the breaker opens is not sent after the others', async (t) => {
  const { server, verifier, open, until } = await aPatientServer(t, { concurrency: 5, timeout: 5_000 });
  const asked = Array.from({ length: 10 }, (_, number) => verifier.ask(`token-${number}`));
  await until(5);
  server.reply = { status: 503, body: '' };
  for (const response of open.splice(0)) answer(server.reply, response);
  const failures = (await Promise.all(asked)).map(failureOf);
  // Four may still be sent before the fifth failure is known.
  assert.ok(server.received.length <= 9, String(server.received.length));
  assert.equal(failures.filter((failure) => failure === 'server_error').length, server.received.length);
  assert.equal(failures.filter((failure) => failure === 'circuit_open').length, 10 - server.received.length);
});

test('while the issuer is left alone, the answer is there at once, and what is remembered still serves', async (t) => {
  const server = await anIntrospectionServer(t, { body: activeAnswer });
  const verifier = aVerifier(t, server.url);
  assert.ok((await verifier.ask('seen')).ok);
  server.reply = { status: 500, body: '' };
  await fail(verifier, 5);
  for (const [token, outcome] of [
    ['seen', undefined],
    ['unseen', 'circuit_open'],
  ] as const) {
    const verdict = verifier.verify(token, 'hash of it', verifier.time, 0);
    assert.ok(!(verdict instanceof Promise));
    if (token === 'unseen') assert.equal(failureOf(verdict), outcome);
  }
  assert.ok((await verifier.ask('seen')).ok);
  assert.equal(server.received.length, 6);
});

test('tokens that the issuer does not know, or answers strangely for, open nothing', async (t) => {
  const server = await anIntrospectionServer(t, { body: { active: false } });
  const verifier = aVerifier(t, server.url);
  await fail(verifier, 20);
  for (const reply of [{ body: {} }, { status: 400, body: '' }, { body: 'x'.repeat(70_000) }]) {
    server.reply = reply;
    verifier.time += 10_000;
    await fail(verifier, 20);
    assert.notEqual(verifier.health().state, 'open');
  }
  server.reply = { body: activeAnswer };
  assert.ok((await verifier.ask('good')).ok);
});

test('strangers at whose tokens the issuer fails keep nobody out who was let in before', async (t) => {
  const server = await anIntrospectionServer(t, (response, { parameters }) => {
    answer(parameters['token'] === 'known' ? { body: activeAnswer } : { status: 500, body: '' }, response);
  });
  const verifier = aVerifier(t, server.url, { cache: 0 });
  assert.ok((await verifier.ask('known')).ok);
  await fail(verifier, 20);
  assert.deepEqual([verifier.health().state, server.received.length], ['open', 6]);
  assert.ok((await verifier.ask('known')).ok);
  assert.notEqual(verifier.health().state, 'open', 'the answer shows that the issuer is well');
});

test('a token that was good before shows that the issuer is down, as any other does', async (t) => {
  const server = await anIntrospectionServer(t, { body: activeAnswer });
  const verifier = aVerifier(t, server.url, { cache: 0 });
  assert.ok((await verifier.ask('known')).ok);
  server.reply = { status: 503, body: '' };
  const failures: unknown[] = [];
  for (let time = 0; time < 7; time++) failures.push(failureOf(await verifier.ask('known')));
  assert.deepEqual(failures.slice(4), ['server_error', 'circuit_open', 'circuit_open']);
});

test('who was let in before goes ahead of strangers, however many these are', async (t) => {
  const { server, verifier, open, until, answerAll } = await aPatientServer(t, { concurrency: 1, cache: 0 });
  const first = verifier.ask('known');
  await until(1);
  answerAll();
  assert.ok((await first).ok);
  const strangers = ['a', 'b', 'c'].map((token) => verifier.ask(token));
  await until(1);
  const known = verifier.ask('known');
  assert.equal(failureOf((await strangers[2]) ?? (await known)), 'saturated');
  answerAll();
  await until(1);
  assert.equal(server.received.at(-1)?.parameters['token'], 'known');
  while (open.length > 0) {
    answerAll();
    await Promise.race([until(1), Promise.all([known, ...strangers])]);
  }
  assert.ok((await known).ok);
});

test('every question is counted, those that were not sent too', async (t) => {
  const counted: [string, boolean][] = [];
  t.after(
    tokensIntrospected.listen(({ outcome, duration }) => {
      counted.push([outcome, duration !== undefined]);
    }),
  );
  const server = await anIntrospectionServer(t, { body: activeAnswer });
  const verifier = aVerifier(t, server.url);
  await verifier.ask('a');
  server.reply = { body: { active: false } };
  await verifier.ask('b');
  server.reply = { status: 500, body: '' };
  await fail(verifier, 6);
  assert.deepEqual(counted, [
    ['active', true],
    ['inactive', true],
    ...Array.from({ length: 5 }, () => ['server_error', true] as [string, boolean]),
    ['circuit_open', false],
  ]);
});
