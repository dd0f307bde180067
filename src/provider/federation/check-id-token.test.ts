import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IDToken } from 'oauth4webapi';
import type { Attempt } from './attempt.ts';
import { checkIdToken } from './check-id-token.ts';

const attempt: Attempt = {
  id: 'i',
  interaction: 'u',
  name: 'acme',
  issuer: 'https://acme.example',
  browser: 'b',
  at: 1_800_000_000_000,
  anew: false,
};
const sound: IDToken = { iss: attempt.issuer, sub: '00u1', aud: 'gatehouse', iat: 1_800_000_000, exp: 1_800_000_300 };

const check = (claims: Partial<IDToken>, changed: Partial<Attempt> = {}, alg = 'RS256', token = 'token') => {
  checkIdToken({ ...sound, ...claims } as IDToken, { alg }, token, 'gatehouse', { ...attempt, ...changed });
};
const refused = (code: string, reason: RegExp) => ({ code, message: reason });

test('a sound ID token is accepted', () => {
  check({});
  check({ azp: 'gatehouse' });
});

test('OpenID Connect Core A.6: at_hash is the left half of the SHA-256 of the access token', () => {
  const token = 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y';
  check({ at_hash: '77QmUPtjPfzWtF2AnpK9RQ' }, {}, 'RS256', token);
  assert.throws(
    () => check({ at_hash: '77QmUPtjPfzWtF2AnpK9RQ' }, {}, 'RS256', `${token}x`),
    refused('id_token_refused', /at_hash/),
  );
  for (const at_hash of ['', 1, null, '77QmUPtjPfzWtF2AnpK9RQ=']) {
    assert.throws(() => check({ at_hash }, {}, 'RS256', token), refused('id_token_refused', /at_hash/));
  }
});

test('the hash is the one of the signature algorithm', () => {
  const lengths = { ES256: 22, PS384: 32, RS512: 43, EdDSA: 43, Ed25519: 43 };
  for (const [alg, length] of Object.entries(lengths)) {
    for (const other of Object.values(lengths)) {
      if (other !== length) assert.throws(() => check({ at_hash: 'A'.repeat(other) }, {}, alg));
    }
  }
});

test('an azp that is another client is refused, also beside one audience', () => {
  for (const azp of ['another', '', 'Gatehouse']) {
    assert.throws(() => check({ azp }), refused('id_token_refused', /azp/));
  }
});

test('a subject that could not be kept as it is, or told apart, is refused', () => {
  for (const sub of ['', 'x'.repeat(256), 'a\u0000b', 'a\nb', 'a\ud800']) {
    assert.throws(() => check({ sub }), refused('id_token_refused', /sub/));
  }
  for (const sub of ['x'.repeat(255), 'auth0|abc', 'Zürich', 'ada@acme.example', '{"a":1}']) check({ sub });
});

test('a new sign-in that was asked for is held to its time, where the issuer says it', () => {
  const before = attempt.at / 1000 - 31;
  assert.throws(() => check({ auth_time: before }, { anew: true }), refused('sign_in_too_old', /auth_time/));
  check({ auth_time: before });
  check({ auth_time: before + 1 }, { anew: true });
  check({}, { anew: true });
});
