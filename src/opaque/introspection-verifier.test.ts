import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { outcome } from '../../test/fixtures/a-jwt.ts';
import {
  activeAnswer,
  anIntrospectionServer,
  aVerifier,
  expectation,
  issuer,
  now,
  token,
} from '../../test/fixtures/an-introspection-server.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { Check } from '../protocol/check.ts';
import type { RejectionCode } from '../protocol/rejection.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { JwtExpectation } from '../tokens/index.ts';
import { generateOpaqueToken } from './opaque-form.ts';

const { active: _, ...activeClaims } = activeAnswer;

function codeOf(verdict: Verdict<VerifiedToken>): RejectionCode | 'accepted' {
  return verdict.ok ? 'accepted' : verdict.rejection.code;
}

/** What becomes of a token of which the issuer says this. */
async function outcomeOf(t: TestContext, body: unknown, demands: Partial<JwtExpectation> = {}): Promise<string> {
  const server = await anIntrospectionServer(t, { body });
  return codeOf(await aVerifier(t, server.url, { expectation: { ...expectation, ...demands } }).ask());
}

test('an active token is verified by what its issuer says of it', async (t) => {
  const server = await anIntrospectionServer(t, { body: activeAnswer });
  const verdict = await aVerifier(t, server.url).ask();
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.deepEqual(
    { ...verdict.value, claims: { ...verdict.value.claims } },
    {
      kind: 'opaque',
      hash: sha256Hex(token),
      header: undefined,
      claims: activeClaims,
      keyId: undefined,
      expiresAt: activeAnswer.exp * 1000,
      freshUntil: now + 30_000,
    },
  );
});

test('the token travels in the body of a POST, with a hint', async (t) => {
  const server = await anIntrospectionServer(t, { body: activeAnswer });
  await aVerifier(t, `${server.url}?realm=a`).ask();
  const [question] = server.received;
  assert.equal(question?.method, 'POST');
  assert.equal(question?.url, '/introspect?realm=a');
  assert.equal(question?.headers['content-type'], 'application/x-www-form-urlencoded');
  assert.deepEqual(question?.parameters, { token, token_type_hint: 'access_token' });
});

test('only `active: true` is a yes, only `active: false` is a no', async (t) => {
  assert.equal(await outcomeOf(t, { active: false }), 'token_inactive');
  assert.equal(await outcomeOf(t, { ...activeAnswer, active: false }), 'token_inactive');
  for (const active of ['true', 'false', 1, 0, null, {}, [true], undefined]) {
    assert.equal(await outcomeOf(t, { ...activeAnswer, active }), 'issuer_unavailable', String(active));
  }
  for (const body of [{}, [], [activeAnswer], null, 'true', '{"active":true,"active":true}']) {
    assert.equal(await outcomeOf(t, body), 'issuer_unavailable', JSON.stringify(body));
  }
});

test('an answer for a token that is no access token is refused', async (t) => {
  const others = [
    { token_use: 'refresh_token' },
    { token_use: 'id' },
    { token_use: 'something' },
    { typ: 'Refresh' },
    { typ: 'Offline' },
    { typ: 'ID' },
    { typ: 'logout+jwt' },
    { nonce: 'n-0S6_WzA2Mj' },
    { at_hash: '77QmUPtjPfzWtF2AnpK9RQ' },
    { token_type: 'refresh_token' },
    { token_type: 'Refresh' },
    { token_type: 'N_A' },
    { token_type: 'mac' },
    { token_type: '' },
    { token_type: ['Bearer'] },
    { events: {} },
  ];
  for (const other of others) {
    assert.equal(await outcomeOf(t, { ...activeAnswer, ...other }), 'not_an_access_token', JSON.stringify(other));
  }
});

test('the kinds under which issuers know access tokens are accepted, and the absence of a kind', async (t) => {
  const kinds = [
    { token_type: 'bearer' },
    { token_type: 'Bearer', token_use: 'access_token' },
    { token_type: 'access_token' },
    { token_type: 'DPoP' },
    { typ: 'Bearer' },
    { token_type: undefined },
  ];
  for (const kind of kinds) {
    assert.equal(await outcomeOf(t, { ...activeAnswer, ...kind }), 'accepted', JSON.stringify(kind));
  }
});

test('where the operator lists the kinds, that list counts, and a kind can be demanded', async (t) => {
  const equals = { token_type: ['token:own'] };
  assert.equal(await outcomeOf(t, { ...activeAnswer, token_type: 'token:own' }, { equals }), 'accepted');
  assert.notEqual(await outcomeOf(t, activeAnswer, { equals }), 'accepted');
  const required = ['token_type'];
  assert.equal(await outcomeOf(t, { ...activeAnswer, token_type: undefined }, { required }), 'claim_missing');
  assert.equal(await outcomeOf(t, activeAnswer, { required }), 'accepted');
  const bearer = { equals: { typ: ['Bearer'] } };
  assert.equal(await outcomeOf(t, activeAnswer, bearer), 'claim_missing');
  assert.equal(await outcomeOf(t, { ...activeAnswer, typ: 'Bearer' }, bearer), 'accepted');
});

test('an answer of another issuer is refused, one that names none is not', async (t) => {
  for (const iss of ['https://other.example', `${issuer}/`, '', null, [issuer]]) {
    assert.equal(await outcomeOf(t, { ...activeAnswer, iss }), 'claim_invalid', String(iss));
  }
  assert.equal(await outcomeOf(t, { ...activeAnswer, iss: undefined }), 'accepted');
});

test('numbers are numbers, and every claim that is read has its type', async (t) => {
  const mistyped = [
    { exp: '1790003600' },
    { exp: null },
    { exp: true },
    { exp: -1 },
    { nbf: '0' },
    { iat: 'yesterday' },
    { scope: 7 },
    { aud: [1] },
    { client_id: {} },
    { sub: 5 },
    { cnf: 'x' },
  ];
  for (const claim of mistyped) {
    assert.equal(await outcomeOf(t, { ...activeAnswer, ...claim }), 'claim_invalid', JSON.stringify(claim));
  }
  // Not even JSON that can be relied on.
  assert.equal(await outcomeOf(t, '{"active":true,"exp":1e400}'), 'issuer_unavailable');
});

test('times are checked as those of a JWT, with the same leeway', async (t) => {
  const seconds = now / 1000;
  const cases: readonly (readonly [Record<string, number>, string])[] = [
    [{ exp: seconds - 5 }, 'token_expired'],
    [{ exp: seconds - 4 }, 'accepted'],
    [{ nbf: seconds + 6 }, 'token_not_yet_valid'],
    [{ nbf: seconds + 5 }, 'accepted'],
    [{ iat: seconds + 6 }, 'token_issued_in_future'],
    [{ iat: seconds + 5 }, 'accepted'],
  ];
  for (const [claim, outcome] of cases) {
    assert.equal(await outcomeOf(t, { ...activeAnswer, ...claim }), outcome, JSON.stringify(claim));
  }
  assert.equal(await outcomeOf(t, activeAnswer, { maxLifetimeSeconds: 3599 }), 'lifetime_too_long');
});

test('an answer without `exp` is refused, unless the operator says that there need be none', async (t) => {
  const endless = { ...activeAnswer, exp: undefined };
  assert.equal(await outcomeOf(t, endless), 'claim_missing');
  const server = await anIntrospectionServer(t, { body: endless });
  const verdict = await aVerifier(t, server.url, { expiry: 'optional', cache: 10_000 }).ask();
  assert.ok(verdict.ok);
  assert.equal(verdict.value.expiresAt, now + 10_000);
  assert.equal(verdict.value.freshUntil, now + 10_000);
  server.reply = { body: { ...endless, nbf: now / 1000 + 60 } };
  assert.equal(codeOf(await aVerifier(t, server.url, { expiry: 'optional' }).ask()), 'token_not_yet_valid');
});

test('a JWT that is shown to its issuer stays a JWT, and rests on the answer alone', async (t) => {
  const server = await anIntrospectionServer(t, { body: activeAnswer });
  const jwt = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.e30.c2ln`;
  const verdict = await aVerifier(t, server.url).ask(jwt);
  assert.ok(verdict.ok);
  assert.deepEqual([verdict.value.kind, verdict.value.header, verdict.value.hash], ['jwt', undefined, sha256Hex(jwt)]);
});

test('a server that repeats the token does not make it a claim', async (t) => {
  const server = await anIntrospectionServer(t, { body: { ...activeAnswer, jti: token, access_token: token } });
  const verdict = await aVerifier(t, server.url).ask();
  assert.ok(verdict.ok);
  assert.ok(!JSON.stringify(verdict.value).includes(token));
  assert.equal(verdict.value.claims['sub'], activeAnswer.sub);
});

test('names that every object has are only names', async (t) => {
  const body = `{"active":true,"exp":${activeAnswer.exp},"__proto__":{"sub":"admin"},"constructor":1}`;
  const server = await anIntrospectionServer(t, { body });
  const verdict = await aVerifier(t, server.url).ask();
  assert.ok(verdict.ok);
  assert.equal(verdict.value.claims['sub'], undefined);
  assert.equal(verdict.value.claims['toString'], undefined);
  assert.equal(Object.getPrototypeOf(verdict.value.claims), null);
  assert.equal(await outcomeOf(t, '{"__proto__":{"active":true}}'), 'issuer_unavailable');
});

test('a witness sees the issuer asked, whatever is remembered', async (t) => {
  const server = await anIntrospectionServer(t, { body: activeAnswer });
  const verifier = aVerifier(t, server.url);
  await verifier.ask();
  const told = new Map<Check, Readonly<Record<string, unknown>>>();
  await verifier.ask(token, 0, (check, facts) => told.set(check, facts));
  assert.deepEqual([...told.keys()], ['structure', 'introspection', 'claims', 'expiry']);
  assert.equal(told.get('introspection')?.['source'], 'issuer');
  assert.equal(server.received.length, 2);
  assert.ok(!JSON.stringify([...told]).includes(token));
});

test('who is known by the endpoint alone is believed about the issuer, as long as it names one', async (t) => {
  const server = await anIntrospectionServer(t, { body: { ...activeAnswer, iss: 'https://another.example' } });
  const any = aVerifier(t, server.url, { anyIssuer: true });
  assert.equal(outcome(await any.ask()), 'accepted');
  assert.equal(outcome(await aVerifier(t, server.url).ask()), 'claim_invalid');
  server.reply = { body: { ...activeAnswer, iss: ['https://another.example'] } };
  assert.equal(outcome(await any.ask('another token')), 'claim_invalid');
  server.reply = { body: { ...activeAnswer, iss: undefined } };
  assert.equal(outcome(await any.ask('a third')), 'accepted');
});

test('a token is recognised by prefix or by what it looks like, and one of ours never is', () => {
  const t = { after: () => undefined } as unknown as TestContext;
  const any = aVerifier(t, 'http://127.0.0.1:1/');
  assert.ok(any.recognises('whatever'));
  assert.ok(!any.recognises(generateOpaqueToken()));
  // GitHub's tokens have our prefix and another form.
  assert.ok(any.recognises('gho_16C7e42F292c6912E7710c838347Ae178B4a'));
  const form = { prefixes: ['ya29.'], matches: (presented: string) => /^[0-9a-f]{40}$/.test(presented) };
  const some = aVerifier(t, 'http://127.0.0.1:1/', { form });
  assert.ok(some.recognises('ya29.a0AfB_'));
  for (let round = 0; round < 2; round++) assert.ok(some.recognises('0123456789'.repeat(4)));
  for (const other of ['', 'ya29', 'xya29.', '0123456789'.repeat(5)]) assert.ok(!some.recognises(other), other);
});
