import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  anIntrospectionServer,
  aVerifier,
  now,
  type Reply,
  token,
} from '../../test/fixtures/an-introspection-server.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { IntrospectionOptions } from './introspection-options.ts';

const client = '481516234200-k2q9v1t5r8m3.apps.googleusercontent.com';

/** The documented shape: numbers and booleans are strings. */
const tokeninfo = Object.freeze({
  azp: client,
  aud: client,
  sub: '104729384756102938475',
  scope: 'openid https://www.googleapis.com/auth/userinfo.email',
  exp: '1790003600',
  expires_in: '1800',
  email: 'mira.tan@gmail.example',
  email_verified: 'true',
  access_type: 'online',
});

const google: Partial<IntrospectionOptions> = {
  protocol: 'tokeninfo',
  authentication: { method: 'none' },
  clients: [client],
};

async function ask(t: TestContext, reply: Reply): Promise<Verdict<VerifiedToken>> {
  const server = await anIntrospectionServer(t, reply);
  return aVerifier(t, server.url, google).ask();
}

async function codeOf(t: TestContext, reply: Reply): Promise<string> {
  const verdict = await ask(t, reply);
  return verdict.ok ? 'accepted' : verdict.rejection.code;
}

test('what Google says of a token becomes claims, numbers and booleans included', async (t) => {
  const verdict = await ask(t, { body: tokeninfo });
  assert.ok(verdict.ok, JSON.stringify(verdict));
  const expected = { ...tokeninfo, exp: 1_790_003_600, expires_in: 1800, email_verified: true };
  assert.deepEqual({ ...verdict.value.claims }, expected);
  assert.equal(verdict.value.expiresAt, 1_790_003_600_000);
});

test('the token travels in the body, under its own name, and nobody authenticates', async (t) => {
  const server = await anIntrospectionServer(t, { body: tokeninfo });
  await aVerifier(t, server.url, google).ask();
  const [received] = server.received;
  assert.deepEqual([received?.method, received?.url], ['POST', '/introspect']);
  assert.deepEqual(received?.parameters, { access_token: token });
  assert.equal(received?.headers.authorization, undefined);
});

test('the names of the first version are understood, and the seconds that are left', async (t) => {
  const first = {
    issued_to: client,
    audience: client,
    user_id: '104729384756102938475',
    scope: tokeninfo.scope,
    expires_in: 1800,
    email: 'mira.tan@gmail.example',
    verified_email: true,
  };
  const verdict = await ask(t, { body: first });
  assert.ok(verdict.ok, JSON.stringify(verdict));
  const { azp, aud, sub, email_verified } = verdict.value.claims;
  assert.deepEqual([azp, aud, sub, email_verified], [client, client, first.user_id, true]);
  assert.equal(verdict.value.expiresAt, now + 1_800_000);
  // A new name is never overruled by an old one.
  const both = { ...tokeninfo, audience: client, aud: 'another app' };
  assert.equal(await codeOf(t, { body: both }), 'client_not_accepted');
});

test('a token of any other application is refused, whichever of its names tells', async (t) => {
  const other = '99-evil.apps.googleusercontent.com';
  const strangers = [
    { aud: other, azp: other },
    { aud: other },
    { azp: other },
    { aud: undefined, azp: undefined },
    { aud: [client, other] },
    { aud: '', azp: '' },
    { aud: [], azp: undefined },
    { aud: `${client}x` },
  ];
  for (const stranger of strangers) {
    assert.equal(
      await codeOf(t, { body: { ...tokeninfo, ...stranger } }),
      'client_not_accepted',
      JSON.stringify(stranger),
    );
  }
  assert.equal(await codeOf(t, { body: { ...tokeninfo, azp: undefined } }), 'accepted');
});

test('status 400 with `invalid_token` says that the token is inactive, any other failure says nothing', async (t) => {
  const invalid = { error: 'invalid_token', error_description: 'Invalid Value' };
  assert.equal(await codeOf(t, { status: 400, body: invalid }), 'token_inactive');
  const others: readonly Reply[] = [
    { status: 400, body: { error: 'invalid_request' } },
    { status: 400, body: '<html>', type: 'text/html' },
    { status: 400, body: '' },
    { status: 401, body: invalid },
    { status: 500, body: invalid },
    { status: 429, body: '' },
    { body: '[]' },
    { body: 'null' },
    { type: 'text/html', body: '<html>' },
  ];
  for (const reply of others) assert.equal(await codeOf(t, reply), 'issuer_unavailable', JSON.stringify(reply));
});

test('only what is written like a number becomes one', async (t) => {
  for (const exp of [
    '',
    ' 1790003600',
    '1790003600 ',
    '1.79e9',
    '-1',
    '0x6AB1',
    '1790003600.5',
    'Infinity',
    '9'.repeat(16),
  ]) {
    assert.equal(await codeOf(t, { body: { ...tokeninfo, exp } }), 'claim_invalid', exp);
  }
  assert.equal(await codeOf(t, { body: { ...tokeninfo, exp: '1790001790' } }), 'token_expired');
  assert.equal(await codeOf(t, { body: { ...tokeninfo, exp: undefined, expires_in: undefined } }), 'claim_missing');
  assert.equal(await codeOf(t, { body: { ...tokeninfo, exp: undefined, expires_in: 'soon' } }), 'claim_missing');
  assert.equal(await codeOf(t, { body: { ...tokeninfo, exp: undefined, expires_in: '-10' } }), 'claim_missing');
});

test('what tokeninfo says of an ID token is refused', async (t) => {
  assert.equal(await codeOf(t, { body: { ...tokeninfo, at_hash: 'x' } }), 'not_an_access_token');
});
