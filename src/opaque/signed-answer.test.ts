import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aJwt, aSigningKey, encode, keySetOf, type SigningKey, signTexts } from '../../test/fixtures/a-jwt.ts';
import {
  activeAnswer,
  anIntrospectionServer,
  answer,
  aVerifier,
  issuer,
  now,
} from '../../test/fixtures/an-introspection-server.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { KeySet } from '../tokens/index.ts';
import type { AnswerKeys } from './introspection-options.ts';

const key = aSigningKey('ES256');
const type = 'application/token-introspection+jwt';
const seconds = now / 1000;
const content = { iss: issuer, aud: 'gate', iat: seconds, token_introspection: activeAnswer };
const ordinaryHeader = { alg: 'ES256', typ: 'token-introspection+jwt', kid: key.kid };

function signed(claims: object = {}, header: object = {}, by: SigningKey = key): string {
  return signTexts(JSON.stringify({ ...ordinaryHeader, ...header }), JSON.stringify({ ...content, ...claims }), by);
}

/** Keys that are at hand, or come only when they are asked for. */
function theKeys(current: KeySet | undefined, refreshed = current): AnswerKeys & { asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    current: () => current,
    refresh(kid) {
      asked.push(kid);
      return Promise.resolve(refreshed);
    },
  };
}

async function ask(t: TestContext, body: string, keys: AnswerKeys = theKeys(keySetOf(key)), mediaType = type) {
  const server = await anIntrospectionServer(t, { type: mediaType, body });
  return aVerifier(t, server.url, { signed: true }, keys).ask();
}

function failureOf(verdict: Verdict<VerifiedToken>): string {
  if (verdict.ok) return 'accepted';
  const { code, facts } = verdict.rejection;
  assert.equal(code, 'issuer_unavailable');
  return [facts['failure'], facts['check'], facts['claim']].filter((fact) => fact !== undefined).join(' ');
}

test('a signed answer is asked for by its media type, and verified', async (t) => {
  const server = await anIntrospectionServer(t, { type: `${type}; charset=utf-8`, body: signed() });
  const verdict = await aVerifier(t, server.url, { signed: true }, theKeys(keySetOf(key))).ask();
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.equal(verdict.value.claims['sub'], activeAnswer.sub);
  assert.equal(verdict.value.freshUntil, now + 30_000);
  assert.equal(server.received[0]?.headers.accept, type);
});

test('what a signed answer says of the token is judged like a plain one', async (t) => {
  const inactive = await ask(t, signed({ token_introspection: { active: false } }));
  assert.equal(!inactive.ok && inactive.rejection.code, 'token_inactive');
  const refresh = await ask(t, signed({ token_introspection: { ...activeAnswer, token_use: 'refresh_token' } }));
  assert.equal(!refresh.ok && refresh.rejection.code, 'not_an_access_token');
  for (const said of [undefined, true, 'x', [], {}, { active: 'true' }]) {
    assert.equal(failureOf(await ask(t, signed({ token_introspection: said }))), 'answer_malformed');
  }
});

test('an answer that is not signed is none, where signed ones are demanded', async (t) => {
  const plain = JSON.stringify(activeAnswer);
  assert.equal(failureOf(await ask(t, plain, undefined, 'application/json')), 'answer_not_signed');
  assert.equal(failureOf(await ask(t, signed(), undefined, 'application/json')), 'answer_not_signed');
  assert.equal(failureOf(await ask(t, signed(), undefined, 'application/jwt')), 'answer_not_signed');
  assert.match(failureOf(await ask(t, plain)), /^answer_not_trusted token_parts_wrong/);
});

test('its type, issuer, audience and time must be right', async (t) => {
  const wrong: readonly (readonly [string, string])[] = [
    [signed({}, { typ: 'JWT' }), 'token_type_not_accepted'],
    [signed({}, { typ: 'at+jwt' }), 'token_type_not_accepted'],
    [signed({}, { typ: undefined }), 'token_type_not_accepted'],
    [signed({ iss: 'https://other.example' }), 'claim_invalid iss'],
    [signed({ iss: undefined }), 'claim_invalid iss'],
    [signed({ aud: 'another gate' }), 'claim_invalid aud'],
    [signed({ aud: ['another', 'gates'] }), 'claim_invalid aud'],
    [signed({ aud: undefined }), 'claim_invalid aud'],
    [signed({ iat: undefined }), 'claim_missing iat'],
    [signed({ iat: String(seconds) }), 'claim_missing iat'],
    [signed({ iat: seconds + 6 }), 'token_issued_in_future'],
    [signed({ iat: seconds - 306 }), 'token_expired'],
    [signed({ exp: seconds - 6 }), 'token_expired'],
    [signed({ exp: 'never' }), 'token_expired'],
    [signed({ nbf: seconds + 6 }), 'token_not_yet_valid'],
    [signed({}, { crit: ['x'] }), 'critical_header_unknown'],
  ];
  for (const [body, reason] of wrong) {
    assert.equal(failureOf(await ask(t, body)), `answer_not_trusted ${reason}`);
  }
});

test('several audiences may be named if one is ours, and the type in full', async (t) => {
  assert.ok((await ask(t, signed({ aud: ['x', 'gate'] }, { typ: 'application/Token-Introspection+JWT' }))).ok);
});

test('only a key of the issuer vouches for it, by an algorithm of the issuer', async (t) => {
  const other = aSigningKey('ES256', 'other');
  const [header, payload] = signed().split('.');
  assert.match(failureOf(await ask(t, signed({}, { kid: key.kid }, other))), /signature_invalid/);
  assert.match(failureOf(await ask(t, signed({}, { kid: 'other' }, other))), /key_unknown/);
  assert.match(failureOf(await ask(t, `${header}.${payload}.`)), /signature_invalid/);
  const unsecured = `${encode(JSON.stringify({ ...ordinaryHeader, alg: 'none' }))}.${payload}.`;
  assert.match(failureOf(await ask(t, unsecured)), /algorithm_not_allowed/);
  const changed = encode(JSON.stringify({ ...content, aud: ['gate'] }));
  assert.match(failureOf(await ask(t, signed().replace(payload ?? '', changed))), /signature_invalid/);
  const notAllowed = aSigningKey('PS256');
  const byAnother = signed({}, { alg: 'PS256', kid: notAllowed.kid }, notAllowed);
  assert.match(failureOf(await ask(t, byAnother, theKeys(keySetOf(notAllowed)))), /algorithm_not_allowed/);
});

test('an access token of the issuer, sent in place of an answer, is none', async (t) => {
  const token = aJwt(key, { iss: issuer, aud: 'gate', token_introspection: activeAnswer, iat: seconds });
  assert.match(failureOf(await ask(t, token)), /token_type_not_accepted/);
});

test('a new key is asked for once, and an answer waits for it', async (t) => {
  const rotated = aSigningKey('ES256', 'rotated');
  const keys = theKeys(keySetOf(key), keySetOf(rotated));
  assert.ok((await ask(t, signed({}, { kid: 'rotated' }, rotated), keys)).ok);
  assert.deepEqual(keys.asked, ['rotated']);
  const withoutKid = theKeys(keySetOf(key), keySetOf(rotated));
  assert.ok((await ask(t, signed({}, { kid: undefined }, rotated), withoutKid)).ok);
  assert.deepEqual(withoutKid.asked, [undefined]);
  const cold = theKeys(undefined, keySetOf(key));
  assert.ok((await ask(t, signed(), cold)).ok);
});

test('without keys nothing can be said', async (t) => {
  assert.equal(failureOf(await ask(t, signed(), theKeys(undefined))), 'keys_unavailable');
  const unknown = theKeys(keySetOf(key), keySetOf(key));
  assert.match(failureOf(await ask(t, signed({}, { kid: 'unknown' }), unknown)), /key_unknown/);
});

test('an answer that the issuer made a while ago is as old as it says', async (t) => {
  const server = await anIntrospectionServer(t, (response) => {
    answer({ type, body: signed({ iat: seconds - 25 }) }, response);
  });
  const verdict = await aVerifier(t, server.url, { signed: true }, theKeys(keySetOf(key))).ask();
  assert.ok(verdict.ok);
  assert.equal(verdict.value.freshUntil, now + 10_000);
});
