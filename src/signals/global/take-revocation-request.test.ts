import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, aReceiver, nowSeconds, type ReceiverUnderTest } from '../../../test/fixtures/a-receiver.ts';
import type { Json } from '../../base/json.ts';
import { takeRevocationRequest } from './take-revocation-request.ts';

const aud = 'https://signals.example/global-token-revocation/acme';

let count = 0;
function bearer(
  { issuer }: ReceiverUnderTest,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): string {
  const times = { nbf: nowSeconds - 300, iat: nowSeconds, exp: nowSeconds + 300 };
  return issuer.sign({ aud, sub: '0oa1', jti: `g-${++count}`, ...times, ...claims } as never, {
    typ: 'global-token-revocation+jwt',
    ...header,
  });
}

async function outcome(subject: ReceiverUnderTest, token: string, body: unknown = { sub_id: ada }): Promise<string> {
  const { receiver, dependencies } = subject;
  assert.ok(receiver.globalRevocation !== undefined);
  const verdict = await takeRevocationRequest(token, body as Json, receiver, receiver.globalRevocation, dependencies);
  return verdict.ok ? 'taken' : verdict.refusal.code;
}

test('All tokens of the person die that may have been issued until now, with the sign-ins here.', async () => {
  const subject = aReceiver();
  const leeway = subject.issuer.expectation.leewaySeconds;
  subject.time += 7_000;
  assert.equal(await outcome(subject, bearer(subject)), 'taken');
  assert.deepEqual(
    subject.revoked.map(({ kind, value, before, reason, actor }) => [kind, value, before, reason, actor]),
    [['subject', 'ada', nowSeconds + 7 + leeway, 'global-token-revocation', 'signals:acme']],
  );
  assert.deepEqual(
    subject.ended.map(({ subject: person, session }) => [person, session]),
    [['ada', undefined]],
  );
});

test('The person may be given as Okta did at first, and by email where that is configured.', async () => {
  const subject = aReceiver({ subjects: { formats: new Set(['email']), sessionInTokens: false } });
  const mail = { format: 'email', email: 'ada@acme.example' };
  assert.equal(await outcome(subject, bearer(subject), { subject: mail }), 'taken');
  assert.equal(await outcome(subject, bearer(subject), { sub_id: ada }), 'subject_unknown_format');
  assert.deepEqual(
    subject.revoked.map(({ value }) => value),
    ['ada@acme.example'],
  );
});

test('Whoever asks proves who he is, to this endpoint, now, and once.', async () => {
  const cases: readonly [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, string][] = [
    [{}, { typ: 'JWT' }, 'type_not_accepted'],
    [{}, { typ: undefined }, 'type_not_accepted'],
    [{}, { typ: 'at+jwt' }, 'type_not_accepted'],
    [{}, { typ: 'secevent+jwt' }, 'type_not_accepted'],
    [{ iss: 'https://other.example' }, {}, 'issuer_not_trusted'],
    [{ aud: `${aud}/` }, {}, 'audience_mismatch'],
    [{ sub: undefined }, {}, 'claim_missing'],
    [{ exp: undefined }, {}, 'claim_missing'],
    [{ jti: undefined }, {}, 'claim_missing'],
    [{ exp: nowSeconds - 6 }, {}, 'untimely'],
    [{ iat: nowSeconds - 700, exp: nowSeconds + 99_999 }, {}, 'untimely'],
    [{ nbf: nowSeconds + 60 }, {}, 'untimely'],
  ];
  for (const [claims, header, code] of cases) {
    const subject = aReceiver();
    assert.equal(await outcome(subject, bearer(subject, claims, header)), code, JSON.stringify([claims, header]));
    assert.deepEqual([subject.revoked, subject.ended], [[], []]);
  }
  const subject = aReceiver();
  assert.equal(await outcome(subject, bearer(aReceiver())), 'signature_invalid');
  const token = bearer(subject);
  assert.equal(await outcome(subject, token), 'taken');
  // Whoever has seen the request cannot turn it against somebody else.
  assert.equal(await outcome(subject, token, { sub_id: { ...ada, sub: 'bob' } }), 'replayed');
  assert.equal(subject.revoked.length, 1);
});

test('Only the configured applications may ask.', async () => {
  const subject = aReceiver({ globalRevocation: { audiences: [aud], callers: ['0oa1'] } });
  assert.equal(await outcome(subject, bearer(subject, { sub: '0oa2' })), 'claim_invalid');
  assert.equal(await outcome(subject, bearer(subject)), 'taken');
});

test('A body that can be read in another way is refused.', async () => {
  const subject = aReceiver();
  for (const body of [{}, [], null, 'ada', { sub_id: ada, subject: ada }, { sub_id: ada, more: 1 }]) {
    assert.equal(await outcome(subject, bearer(subject), body), 'request_malformed', JSON.stringify(body));
  }
  assert.equal(await outcome(subject, bearer(subject), { sub_id: { format: 'iss_sub' } }), 'subject_malformed');
  assert.deepEqual(subject.revoked, []);
});
