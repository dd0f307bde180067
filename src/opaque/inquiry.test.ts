import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  activeAnswer,
  anIntrospectionServer,
  aVerifier,
  now,
  token,
} from '../../test/fixtures/an-introspection-server.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { Check } from '../protocol/check.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import { gracesGiven } from './channels.ts';
import type { IntrospectionOptions } from './introspection-options.ts';

const minute = 60_000;
const outage = { status: 503, body: '' };

async function aPair(t: TestContext, body: unknown = activeAnswer, options: Partial<IntrospectionOptions> = {}) {
  const server = await anIntrospectionServer(t, { body });
  return { server, verifier: aVerifier(t, server.url, options) };
}

function codeOf(verdict: Verdict<VerifiedToken>): string {
  return verdict.ok ? 'accepted' : verdict.rejection.code;
}

test('a good answer is remembered for the configured time, and then asked for anew', async (t) => {
  const { server, verifier } = await aPair(t, activeAnswer, { cache: 10_000 });
  await verifier.ask();
  server.reply = { body: { active: false } };
  verifier.time += 9_999;
  const remembered = verifier.verify(token, sha256Hex(token), verifier.time, 0);
  assert.ok(!(remembered instanceof Promise) && remembered.ok);
  assert.equal(remembered.value.freshUntil, now + 10_000);
  assert.equal(server.received.length, 1);
  verifier.time += 1;
  assert.equal(codeOf(await verifier.ask()), 'token_inactive');
  assert.equal(server.received.length, 2);
});

test('nothing is remembered beyond the life of the token', async (t) => {
  const exp = now / 1000 + 10;
  const { server, verifier } = await aPair(t, { ...activeAnswer, exp });
  await verifier.ask();
  verifier.time = (exp + 5) * 1000 - 1;
  assert.equal(codeOf(await verifier.ask()), 'accepted');
  assert.equal(server.received.length, 1);
  verifier.time += 1;
  assert.equal(codeOf(await verifier.ask()), 'token_expired');
  assert.equal(server.received.length, 2);
});

test('that a token is inactive is remembered for a shorter time', async (t) => {
  const { server, verifier } = await aPair(t, { active: false });
  await verifier.ask();
  server.reply = { body: activeAnswer };
  verifier.time += 4_999;
  assert.equal(codeOf(await verifier.ask()), 'token_inactive');
  verifier.time += 1;
  assert.equal(codeOf(await verifier.ask()), 'accepted');
  assert.equal(server.received.length, 2);
});

test('with a time of 0 nothing is remembered', async (t) => {
  const { server, verifier } = await aPair(t, activeAnswer, { cache: 0, negativeCache: 0 });
  const verdict = await verifier.ask();
  assert.ok(verdict.ok && verdict.value.freshUntil === now);
  await verifier.ask();
  server.reply = { body: { active: false } };
  await verifier.ask();
  await verifier.ask();
  assert.equal(server.received.length, 4);
});

test('a remembered answer is judged anew each time', async (t) => {
  const { verifier, server } = await aPair(t, { ...activeAnswer, nbf: now / 1000 + 8 }, { negativeCache: minute });
  assert.equal(codeOf(await verifier.ask()), 'token_not_yet_valid');
  verifier.time += 3_000;
  assert.equal(codeOf(await verifier.ask()), 'accepted');
  assert.equal(server.received.length, 1);
});

test('two issuers never share an answer', async (t) => {
  const good = await aPair(t);
  const bad = await aPair(t, { active: false });
  assert.equal(codeOf(await good.verifier.ask()), 'accepted');
  assert.equal(codeOf(await bad.verifier.ask()), 'token_inactive');
  assert.equal(codeOf(await good.verifier.ask()), 'accepted');
});

test('without grace, an outage refuses also those who were let in before', async (t) => {
  const { server, verifier } = await aPair(t);
  await verifier.ask();
  server.reply = outage;
  verifier.time += 30_000;
  assert.equal(codeOf(await verifier.ask()), 'issuer_unavailable');
});

test('with grace, an outage lets in who was let in a stated time ago, for this request only', async (t) => {
  const ages: number[] = [];
  t.after(gracesGiven.listen(({ age }) => ages.push(age)));
  const { server, verifier } = await aPair(t);
  await verifier.ask();
  server.reply = outage;
  verifier.time = now + minute - 1;
  const verdict = await verifier.ask(token, minute);
  assert.ok(verdict.ok);
  assert.equal(verdict.value.freshUntil, verifier.time);
  assert.equal(verdict.value.expiresAt, activeAnswer.exp * 1000);
  assert.deepEqual(ages, [minute - 1]);
  assert.equal(codeOf(await verifier.ask('never seen', minute)), 'issuer_unavailable');
  verifier.time = now + minute;
  assert.equal(codeOf(await verifier.ask(token, minute)), 'issuer_unavailable');
  // Another API may allow more.
  assert.equal(codeOf(await verifier.ask(token, 10 * minute)), 'accepted');
});

test('grace also holds while the issuer is left alone, and ends when it answers again', async (t) => {
  const { server, verifier } = await aPair(t);
  await verifier.ask();
  server.reply = outage;
  verifier.time += minute;
  for (let time = 0; time < 8; time++) assert.equal(codeOf(await verifier.ask(token, 5 * minute)), 'accepted');
  assert.equal(verifier.health().state, 'open');
  assert.equal(server.received.length, 6);
  server.reply = { body: { active: false } };
  verifier.time += 2_000;
  assert.equal(codeOf(await verifier.ask(token, 5 * minute)), 'token_inactive');
  server.reply = outage;
  verifier.time += 10_000;
  assert.equal(codeOf(await verifier.ask(token, 5 * minute)), 'issuer_unavailable');
});

test('grace never outlives the token, and never refuses in the name of the issuer', async (t) => {
  const exp = now / 1000 + 40;
  const { server, verifier } = await aPair(t, { ...activeAnswer, exp });
  await verifier.ask();
  server.reply = outage;
  verifier.time = (exp + 5) * 1000 - 1;
  assert.equal(codeOf(await verifier.ask(token, 60 * minute)), 'accepted');
  verifier.time += 1;
  assert.equal(codeOf(await verifier.ask(token, 60 * minute)), 'issuer_unavailable');
});

test('a token without `exp` lives by grace for as long as grace', async (t) => {
  const { server, verifier } = await aPair(t, { ...activeAnswer, exp: undefined }, { expiry: 'optional' });
  await verifier.ask();
  server.reply = outage;
  verifier.time += minute;
  const verdict = await verifier.ask(token, 5 * minute);
  assert.ok(verdict.ok);
  assert.equal(verdict.value.expiresAt, now + 5 * minute);
});

test('a witness is told of grace as the gateway gives it', async (t) => {
  const { server, verifier } = await aPair(t);
  await verifier.ask();
  server.reply = outage;
  verifier.time += minute;
  const told = new Map<Check, Readonly<Record<string, unknown>>>();
  const verdict = await verifier.ask(token, 5 * minute, (check, facts) => told.set(check, facts));
  assert.ok(verdict.ok);
  assert.equal(told.get('introspection')?.['source'], 'grace');
  assert.equal(server.received.length, 2);
});

test('what a witness learns is remembered for the others', async (t) => {
  const { server, verifier } = await aPair(t);
  await verifier.ask();
  server.reply = { body: { active: false } };
  assert.equal(codeOf(await verifier.ask(token, 0, () => undefined)), 'token_inactive');
  assert.equal(codeOf(await verifier.ask()), 'token_inactive');
  assert.equal(server.received.length, 2);
});
