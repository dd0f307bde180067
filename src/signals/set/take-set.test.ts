import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import {
  ada,
  announcedDuring,
  aReceiver,
  caep,
  nowSeconds,
  oauth,
  type ReceiverUnderTest,
  risc,
  sessionRevoked,
} from '../../../test/fixtures/a-receiver.ts';
import { signalTaken } from '../channels.ts';
import { signalEventNames } from '../events/event-types.ts';
import { takeSet } from './take-set.ts';

async function take(subject: ReceiverUnderTest, text: string) {
  const { receiver, dependencies } = subject;
  assert.ok(receiver.sets !== undefined);
  return takeSet(text, 'push', receiver, receiver.sets, dependencies);
}

/** The code of a refusal, or `taken`. Nothing that is refused revokes. */
async function outcome(subject: ReceiverUnderTest, text: string): Promise<string> {
  const before = subject.revoked.length;
  const verdict = await take(subject, text);
  if (!verdict.ok) assert.equal(subject.revoked.length, before, 'what is refused revokes nothing');
  return verdict.ok ? 'taken' : verdict.refusal.code;
}

/** What a SET with one event revokes, short. */
async function revokedBy(subject: ReceiverUnderTest, claims: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  const verdict = await take(subject, subject.set(claims));
  assert.deepEqual(verdict.ok ? undefined : verdict.refusal, undefined);
  return subject.revoked.splice(0).map(({ kind, value, client }) => [kind, value, ...(client ? [client] : [])]);
}

test('A session-revoked event revokes at its time, by the receiver, for its reason, until no such token can live.', async () => {
  const subject = aReceiver();
  const event = { event_timestamp: nowSeconds - 60, reason_admin: { de: 'Verdacht', en: 'Policy C076' } };
  assert.equal(await outcome(subject, subject.set({ events: sessionRevoked(event) })), 'taken');
  const [entry, ...others] = subject.revoked;
  assert.deepEqual(others, []);
  assert.ok(entry !== undefined);
  const { expiresAt, ...rest } = entry;
  assert.deepEqual(rest, {
    issuer: 'https://acme.example',
    kind: 'subject',
    value: 'ada',
    client: undefined,
    before: nowSeconds - 60,
    reason: 'session-revoked: Policy C076',
    actor: 'signals:acme',
  });
  assert.ok(expiresAt > subject.time);
  assert.deepEqual(subject.ended, [
    {
      issuer: 'https://acme.example',
      subject: 'ada',
      session: undefined,
      before: nowSeconds - 60,
      reason: 'session-revoked: Policy C076',
      actor: 'signals:acme',
    },
  ]);
});

test('Every event that revokes does, under its short name, wherever its subject stands.', async () => {
  const types: Readonly<Record<string, string>> = {
    'session-revoked': caep,
    'token-claims-change': caep,
    'credential-change': caep,
    'tokens-revoked': oauth,
    'token-revoked': oauth,
  };
  for (const name of signalEventNames) {
    const type = `${types[name] ?? risc}${name}`;
    const subject = aReceiver();
    assert.deepEqual(await revokedBy(subject, { events: { [type]: {} } }), [['subject', 'ada']], name);
    const old = {
      sub_id: undefined,
      events: { [type]: { subject: { subject_type: 'iss-sub', iss: ada.iss, sub: 'bob' } } },
    };
    assert.deepEqual(await revokedBy(subject, old), [['subject', 'bob']], name);
  }
});

test('What Okta documents is understood: a complex subject without a format, and milliseconds.', async () => {
  const subject = aReceiver({ subjects: { formats: new Set(['iss_sub']), sessionInTokens: false } });
  const event = { subject: { user: ada }, event_timestamp: (nowSeconds - 168) * 1000 + 643 };
  assert.equal(await outcome(subject, subject.set({ sub_id: undefined, events: sessionRevoked(event) })), 'taken');
  assert.deepEqual(
    subject.revoked.map(({ kind, value, before }) => [kind, value, before]),
    [['subject', 'ada', nowSeconds - 168]],
  );
});

test('Events that endanger nobody, others that are known, and unknown ones are acknowledged, told, and revoke nothing.', async () => {
  const cases: readonly [string, object, string][] = [
    [`${caep}credential-change`, { change_type: 'create' }, 'noted'],
    [`${caep}device-compliance-change`, {}, 'noted'],
    [`${risc}account-enabled`, {}, 'noted'],
    [`${risc}verification`, { state: 'x' }, 'noted'],
    ['https://schemas.openid.net/secevent/ssf/event-type/verification', { state: 'x' }, 'noted'],
    ['https://schemas.openid.net/secevent/ssf/event-type/stream-updated', { status: 'paused' }, 'noted'],
    ['https://example.com/made-up', {}, 'unknown'],
    [`${caep}SESSION-REVOKED`, {}, 'unknown'],
    ['__proto__', {}, 'unknown'],
    ['constructor', {}, 'unknown'],
  ];
  for (const [type, payload, expected] of cases) {
    const subject = aReceiver();
    const events = JSON.parse(JSON.stringify({ x: payload }).replace('"x"', JSON.stringify(type)));
    const announced = await announcedDuring(signalTaken, async () =>
      assert.equal(await outcome(subject, subject.set({ events, sub_id: undefined })), 'taken', type),
    );
    assert.deepEqual([subject.revoked, subject.ended, announced.map((one) => one.outcome)], [[], [], [expected]], type);
  }
});

test('Only the events of the configuration revoke.', async () => {
  const subject = aReceiver({ events: new Set(['account-disabled']) });
  assert.deepEqual(await revokedBy(subject, {}), []);
  assert.deepEqual(await revokedBy(subject, { events: { [`${risc}account-disabled`]: { reason: 'hijacking' } } }), [
    ['subject', 'ada'],
  ]);
});

test('A SET that comes again is acknowledged again, and done once.', async () => {
  const subject = aReceiver();
  const set = subject.set();
  const announced = await announcedDuring(signalTaken, async () => {
    assert.equal(await outcome(subject, set), 'taken');
    assert.equal(await outcome(subject, set), 'taken');
  });
  assert.equal(subject.revoked.length, 1);
  assert.deepEqual(
    announced.map((one) => one.outcome),
    ['revoked', 'repeated'],
  );
});

test('A SET whose memory was lost is done again, to the same effect.', async () => {
  const subject = aReceiver();
  const set = subject.set();
  await take(subject, set);
  subject.remembered.clear();
  subject.time += 3_600_000;
  await take(subject, set);
  const [first, second] = subject.revoked;
  assert.deepEqual(second, first);
});

test('What cannot be made durable is not remembered, so that it is done when it comes again.', async () => {
  const subject = aReceiver();
  const set = subject.set();
  subject.broken = new Error('disk full');
  await assert.rejects(take(subject, set), /disk full/);
  assert.equal(subject.remembered.size, 0);
  subject.broken = undefined;
  assert.equal(await outcome(subject, set), 'taken');
  assert.equal(subject.revoked.length, 1);
});

test('An event whose tokens have all expired revokes nothing, and says so.', async () => {
  const subject = aReceiver();
  const issuer = { ...subject.issuer, expectation: { ...subject.issuer.expectation, maxLifetimeSeconds: 3600 } };
  subject.receiver = { ...subject.receiver, issuer };
  const announced = await announcedDuring(signalTaken, () =>
    take(subject, subject.set({ events: sessionRevoked({ event_timestamp: nowSeconds - 90_000 }) })),
  );
  assert.deepEqual([subject.revoked, announced.map((one) => one.outcome)], [[], ['expired']]);
});

test('A good event of a SET counts, and the bad one beside it is refused.', async () => {
  const subject = aReceiver();
  const events = { [`${risc}account-disabled`]: {}, [`${caep}session-revoked`]: { event_timestamp: 'yesterday' } };
  const verdict = await take(subject, subject.set({ events }));
  assert.equal(verdict.ok ? 'taken' : verdict.refusal.code, 'claim_invalid');
  assert.deepEqual(
    subject.revoked.map(({ value }) => value),
    ['ada'],
  );
  assert.equal(subject.remembered.size, 0);
});

test('Malformed SETs are refused, each for its reason.', async () => {
  const subject = aReceiver();
  const cases: readonly [string, string][] = [
    ['', 'token_malformed'],
    ['a.b', 'token_malformed'],
    ['{"jti":"plain"}', 'token_malformed'],
    [subject.set().slice(0, -2), 'signature_invalid'],
    [`${subject.set()}.`, 'token_malformed'],
    [subject.set({ pad: 'x'.repeat(40_000) }), 'token_malformed'],
    [subject.set({ events: undefined }), 'claim_missing'],
    [subject.set({ events: {} }), 'claim_invalid'],
    [subject.set({ events: [] }), 'claim_invalid'],
    [subject.set({ events: 'session-revoked' }), 'claim_invalid'],
    [subject.set({ events: { [`${caep}session-revoked`]: true } }), 'claim_invalid'],
    [
      subject.set({ events: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`urn:${n}`, {}])) }),
      'claim_invalid',
    ],
    [subject.set({ jti: undefined }), 'claim_missing'],
    [subject.set({ jti: '' }), 'claim_invalid'],
    [subject.set({ jti: 7 }), 'claim_invalid'],
    [subject.set({ jti: 'x'.repeat(513) }), 'claim_invalid'],
    [subject.set({ iat: undefined }), 'claim_missing'],
    [subject.set({ iat: 'now' }), 'claim_invalid'],
    [subject.set({ sub_id: undefined }), 'subject_missing'],
    [subject.set({ sub_id: 'ada' }), 'subject_malformed'],
    [subject.set({ sub_id: { format: 'iss_sub', iss: ada.iss } }), 'subject_malformed'],
    [subject.set({ sub_id: { format: 'complex' } }), 'subject_malformed'],
    [subject.set({ sub_id: { format: 'complex', user: ada, session: 'x' } }), 'subject_malformed'],
    [subject.set({ sub_id: { ...ada, iss: 'https://other.example' } }), 'subject_of_another_issuer'],
    [subject.set({ sub_id: { format: 'email', email: 'ada@acme.example' } }), 'subject_unknown_format'],
    [subject.set({ sub_id: { format: 'phone_number', phone_number: '+44' } }), 'subject_unknown_format'],
    [subject.set({ sub_id: { format: 'complex', tenant: { format: 'opaque', id: 'all' } } }), 'subject_unknown_format'],
    [subject.set({ sub_id: { format: 'complex', device: { format: 'opaque', id: 'd' } } }), 'subject_unknown_format'],
    [subject.set({ events: sessionRevoked({ event_timestamp: '2026' }) }), 'claim_invalid'],
    [subject.set({ events: sessionRevoked({ event_timestamp: -1 }) }), 'claim_invalid'],
    [subject.set({ iat: nowSeconds + 60 }), 'untimely'],
    [subject.set({ exp: nowSeconds - 60 }), 'untimely'],
  ];
  for (const [index, [text, code]] of cases.entries()) {
    assert.equal(await outcome(subject, text), code, `${index}: ${code}`);
  }
  assert.deepEqual([subject.revoked, subject.ended], [[], []]);
});

test('Forged SETs are refused: wrong key, wrong issuer, wrong audience, no signature, symmetric signature.', async () => {
  const subject = aReceiver();
  const stranger = aReceiver();
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = subject.set().split('.')[1] ?? '';
  const hmacInput = `${part({ alg: 'HS256', typ: 'secevent+jwt' })}.${payload}`;
  const hmac = createHmac('sha256', 'secret').update(hmacInput).digest('base64url');
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cases: readonly [string, string][] = [
    [stranger.set(), 'signature_invalid'],
    [stranger.set({}, { kid: 'made-up' }), 'signature_invalid'],
    [stranger.set({}, { jwk: publicKey.export({ format: 'jwk' }) }), 'signature_invalid'],
    [`${part({ alg: 'none', typ: 'secevent+jwt' })}.${payload}.`, 'signature_invalid'],
    [`${hmacInput}.${hmac}`, 'signature_invalid'],
    [subject.set({ iss: 'https://other.example' }), 'issuer_not_trusted'],
    [subject.set({ iss: undefined }), 'issuer_not_trusted'],
    [subject.set({ iss: ['https://acme.example'] }), 'issuer_not_trusted'],
    [subject.set({ aud: 'https://other.example' }), 'audience_mismatch'],
    [subject.set({ aud: [] }), 'audience_mismatch'],
    [subject.set({ aud: undefined }), 'claim_missing'],
    [subject.set({ aud: { 0: 'x' } }), 'audience_mismatch'],
  ];
  for (const [index, [text, code]] of cases.entries()) {
    assert.equal(await outcome(subject, text), code, `${index}: ${code}`);
  }
  assert.equal(
    await outcome(subject, subject.set({ aud: ['other', ...(subject.receiver.sets?.audiences ?? [])] })),
    'taken',
  );
});

test('Tokens of other kinds are no SETs, though the issuer has signed them.', async () => {
  const subject = aReceiver();
  for (const typ of ['at+jwt', 'JWT', 'logout+jwt', 'global-token-revocation+jwt', undefined]) {
    assert.equal(await outcome(subject, subject.set({}, { typ })), 'type_not_accepted', `${typ}`);
  }
  assert.equal(await outcome(subject, subject.set({}, { typ: 'application/SecEvent+JWT' })), 'taken');
});

test('A key that is new is looked for; without keys nothing is taken, and that is our fault.', async () => {
  const subject = aReceiver();
  subject.issuer.rotateUnseen();
  assert.equal(await outcome(subject, subject.set()), 'taken');
  assert.equal(subject.issuer.refreshes(), 1);
  subject.issuer.loseKeys();
  assert.equal(await outcome(subject, subject.set()), 'keys_unavailable');
});

test('A transmitter with a name and keys of its own speaks for the issuer, and the issuer no more.', async () => {
  const org = aReceiver();
  const subject = aReceiver({
    trust: { issuers: ['https://org.example'], algorithms: ['ES256'], leewaySeconds: 5, keys: org.issuer.keys },
  });
  const sub_id = { format: 'iss_sub', iss: 'https://org.example', sub: '00u1' };
  assert.equal(await outcome(subject, org.set({ iss: 'https://org.example', sub_id })), 'taken');
  assert.deepEqual(
    subject.revoked.map(({ issuer, value }) => [issuer, value]),
    [['https://acme.example', '00u1']],
  );
  assert.equal(await outcome(subject, subject.set()), 'issuer_not_trusted');
});
