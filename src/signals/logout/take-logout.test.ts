import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aReceiver, nowSeconds, type ReceiverUnderTest } from '../../../test/fixtures/a-receiver.ts';
import { takeLogout } from './take-logout.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';

let count = 0;
function logoutToken(
  { issuer }: ReceiverUnderTest,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): string {
  const ordinary = {
    aud: 'gatehouse',
    iat: nowSeconds,
    exp: nowSeconds + 120,
    jti: `l-${++count}`,
    sub: 'ada',
    sid: 's-1',
  };
  return issuer.sign({ ...ordinary, events: { [event]: {} }, ...claims } as never, { typ: 'logout+jwt', ...header });
}

async function outcome(subject: ReceiverUnderTest, token: string): Promise<string> {
  const { receiver, dependencies } = subject;
  assert.ok(receiver.logout !== undefined);
  const verdict = await takeLogout(token, receiver, receiver.logout, dependencies);
  return verdict.ok ? 'taken' : verdict.refusal.code;
}

/** What was revoked, and which sign-ins ended, short. */
function effects({ revoked, ended }: ReceiverUnderTest): unknown {
  return [
    revoked.map(({ kind, value, before }) => [kind, value, before]),
    ended.map(({ subject, session, before }) => [subject ?? null, session ?? null, before]),
  ];
}

test('A session that has ended takes its tokens along, and the sign-ins here that came from it.', async () => {
  const subject = aReceiver();
  assert.equal(await outcome(subject, logoutToken(subject)), 'taken');
  assert.deepEqual(effects(subject), [[['session', 's-1', nowSeconds]], [['ada', 's-1', nowSeconds]]]);
  const [entry] = subject.revoked;
  assert.deepEqual(
    [entry?.actor, entry?.reason, entry?.issuer],
    ['signals:acme', 'backchannel-logout', 'https://acme.example'],
  );
});

test('Where access tokens name no session, those of the person die; the sign-ins here know theirs.', async () => {
  const subject = aReceiver({ subjects: { formats: new Set(['iss_sub']), sessionInTokens: false } });
  assert.equal(await outcome(subject, logoutToken(subject)), 'taken');
  assert.deepEqual(effects(subject), [
    [
      ['subject', 'ada', nowSeconds],
      ['session', 's-1', nowSeconds],
    ],
    [['ada', 's-1', nowSeconds]],
  ]);
});

test('By `sub` alone all sessions of the person end, by `sid` alone the one.', async () => {
  const person = aReceiver();
  assert.equal(await outcome(person, logoutToken(person, { sid: undefined })), 'taken');
  assert.deepEqual(effects(person), [[['subject', 'ada', nowSeconds]], [['ada', null, nowSeconds]]]);
  const session = aReceiver({ subjects: { formats: new Set(['iss_sub']), sessionInTokens: false } });
  assert.equal(await outcome(session, logoutToken(session, { sub: undefined })), 'taken');
  assert.deepEqual(effects(session), [[['session', 's-1', nowSeconds]], [[null, 's-1', nowSeconds]]]);
});

test('Its type may be absent or JWT, and never that of another token.', async () => {
  const subject = aReceiver();
  for (const typ of [undefined, 'JWT', 'logout+jwt', 'application/logout+jwt']) {
    assert.equal(await outcome(subject, logoutToken(subject, {}, { typ })), 'taken', `${typ}`);
  }
  for (const typ of ['at+jwt', 'secevent+jwt', 'global-token-revocation+jwt', 'dpop+jwt', '']) {
    assert.equal(await outcome(subject, logoutToken(subject, {}, { typ })), 'type_not_accepted', typ);
  }
});

test('What section 2.6 of the specification demands is demanded.', async () => {
  const cases: readonly [Readonly<Record<string, unknown>>, string][] = [
    [{ iss: 'https://other.example' }, 'issuer_not_trusted'],
    [{ aud: 'another-client' }, 'audience_mismatch'],
    [{ aud: undefined }, 'claim_missing'],
    [{ iat: undefined }, 'claim_missing'],
    [{ iat: nowSeconds + 60 }, 'untimely'],
    [{ iat: nowSeconds - 606, exp: undefined }, 'untimely'],
    [{ exp: nowSeconds - 6 }, 'untimely'],
    [{ jti: undefined }, 'claim_missing'],
    [{ events: undefined }, 'claim_missing'],
    [{ events: {} }, 'claim_invalid'],
    [{ events: { [event]: true } }, 'claim_invalid'],
    [{ events: { 'https://schemas.openid.net/secevent/caep/event-type/session-revoked': {} } }, 'claim_invalid'],
    [{ nonce: 'n' }, 'claim_invalid'],
    [{ sub: undefined, sid: undefined }, 'subject_missing'],
    [{ sub: '' }, 'claim_invalid'],
    [{ sid: 7 }, 'claim_invalid'],
    [{ sub: 'x'.repeat(5000) }, 'claim_invalid'],
  ];
  for (const [claims, code] of cases) {
    const subject = aReceiver();
    assert.equal(await outcome(subject, logoutToken(subject, claims)), code, JSON.stringify(claims).slice(0, 80));
    assert.deepEqual(effects(subject), [[], []]);
  }
  const subject = aReceiver();
  assert.equal(await outcome(subject, logoutToken(subject, { exp: undefined, aud: ['x', 'gatehouse'] })), 'taken');
  assert.equal(await outcome(aReceiver(), logoutToken(aReceiver())), 'signature_invalid');
});

test('A logout token is good once.', async () => {
  const subject = aReceiver();
  const token = logoutToken(subject);
  assert.equal(await outcome(subject, token), 'taken');
  assert.equal(await outcome(subject, token), 'replayed');
  assert.equal(subject.revoked.length, 1);
  const [until = 0] = subject.remembered.values();
  assert.ok(until > (nowSeconds + 605) * 1000, 'it is known for as long as it is accepted');
});
