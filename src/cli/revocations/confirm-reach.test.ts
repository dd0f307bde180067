import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { AdminClient } from '../admin-client.ts';
import { confirmReach, hitsMany, type ReachAnswer } from './confirm-reach.ts';
import type { RevocationRequest } from './revocation-request.ts';

const all: RevocationRequest = { kind: 'issuer', issuer: 'acme' };

/** What is written where this is typed, undefined where there is no terminal. */
async function asked(request: RevocationRequest, reach: ReachAnswer, typed: string | undefined): Promise<string> {
  const input = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  const output = new PassThrough();
  input.end(typed);
  const calls: unknown[] = [];
  const post: AdminClient['post'] = async <Answer>(...call: unknown[]) => {
    calls.push(call);
    return reach as Answer;
  };
  await confirmReach(request, { post }, { input, output });
  assert.deepEqual(calls, [['/revocations/reach', request]]);
  return String(output.read() ?? '');
}

test('only what names many tokens, without a bound, has to be confirmed', () => {
  for (const kind of ['issuer', 'client', 'key'] as const) {
    assert.ok(hitsMany({ kind }));
    assert.ok(!hitsMany({ kind, before: '2026-11-24T08:00:00.000Z' }));
  }
  for (const kind of ['token', 'jti', 'subject', 'session'] as const) assert.ok(!hitsMany({ kind }));
});

test('on a terminal it is said how many tokens die, and yes is the only way on', async () => {
  const text = await asked(all, { issued: 12, seen: 3 }, 'y\n');
  assert.equal(
    text,
    `This revokes all tokens from acme issued until now: 12 that have not expired; the gateway that was asked has let in 3 of them lately.
Go on? [y/N] `,
  );
  await asked(all, { issued: 12, seen: 3 }, ' YES \n');
  for (const typed of ['n\n', '\n', '', 'yeah\n', 'no yes\n']) {
    await assert.rejects(asked(all, { issued: 12, seen: 3 }, typed), /^CommandFailure: nothing was revoked$/);
  }
});

test('what nobody can count is said to be unknown', async () => {
  const text = await asked({ kind: 'key', issuer: 'acme', value: 'k\u001b1' }, { issued: null, seen: null }, 'y\n');
  assert.match(
    text,
    /^This revokes all tokens of key k\\u\{1b\}1 from acme issued until now: how many there are, nobody here knows\.\n/,
  );
});

test('without a terminal it is refused, with the number and the way round', async () => {
  await assert.rejects(
    asked({ kind: 'client', issuer: 'acme', value: 'web' }, { issued: 12, seen: 0 }, undefined),
    /would revoke all tokens of client web from acme issued until now \(12 that have not expired; .*\), and .* Remedy: add --yes; or bound it by --before$/,
  );
});
