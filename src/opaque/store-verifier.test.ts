import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from '../base/sha256.ts';
import type { Check } from '../protocol/check.ts';
import type { RejectionCode } from '../protocol/rejection.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import { generateOpaqueToken } from './opaque-form.ts';
import type { OpaqueVerifier } from './opaque-verifier.ts';
import { createStoreVerifier, type TokenLookup, tokenLookups } from './store-verifier.ts';
import type { TokenRecord, TokenStore } from './token-store.ts';

const now = 1_800_000_000_000;
const issuer = 'https://gatehouse.example';
const token = generateOpaqueToken();
const claims = { iss: issuer, sub: 'ada', client_id: 'reporting', scope: 'orders:read' };
const record: TokenRecord = { claims, expiresAt: now + 60_000 };

function verifierOf(find: TokenStore['find']): OpaqueVerifier {
  return createStoreVerifier({ store: { find }, issuerName: 'provider', issuer });
}

/** Fails the test where the answer is a promise though the store was synchronous. */
function verifyNow(verifier: OpaqueVerifier, presented: string, at = now): Verdict<VerifiedToken> {
  const verdict = verifier.verify(presented, sha256Hex(presented), at, 0);
  assert.ok(!(verdict instanceof Promise));
  return verdict;
}

function assertRefused(verdict: Verdict<VerifiedToken>, code: RejectionCode): void {
  assert.ok(!verdict.ok);
  assert.equal(verdict.rejection.code, code);
  assert.ok(!JSON.stringify(verdict.rejection).includes(token));
}

test('a token in the store is verified, at once where the store answers at once', () => {
  const verdict = verifyNow(
    verifierOf((hash) => (hash === sha256Hex(token) ? record : undefined)),
    token,
  );
  assert.ok(verdict.ok);
  assert.deepEqual(verdict.value, {
    kind: 'opaque',
    hash: sha256Hex(token),
    header: undefined,
    claims,
    keyId: undefined,
    expiresAt: record.expiresAt,
    freshUntil: undefined,
  });
});

test('a token in a store that answers later is verified later', async () => {
  const verdict = await verifierOf(() => Promise.resolve(record)).verify(token, sha256Hex(token), now, 0);
  assert.ok(verdict.ok);
});

test('a mistyped token is refused without a lookup', () => {
  let lookups = 0;
  const verifier = verifierOf(() => {
    lookups += 1;
    return record;
  });
  const mistyped = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
  assert.ok(verifier.recognises(mistyped));
  assertRefused(verifyNow(verifier, mistyped), 'token_mistyped');
  assertRefused(verifyNow(verifier, token.slice(0, 20)), 'token_mistyped');
  assertRefused(verifyNow(verifier, 'opaque.of.another'), 'token_mistyped');
  assert.equal(lookups, 0);
});

test('a refresh token, a code or a client secret is not an access token, though it is ours', () => {
  for (const prefix of ['ghr_', 'ghc_', 'ghs_'] as const) {
    const other = generateOpaqueToken(prefix);
    const verifier = verifierOf(() => assert.fail('looked up'));
    assert.ok(verifier.recognises(other));
    assertRefused(verifyNow(verifier, other), 'not_an_access_token');
  }
});

test('a token of another form is not recognised', () => {
  const verifier = verifierOf(() => record);
  for (const other of ['', 'ghp_x', 'v1.local.abc', '__proto__', 'gho-x']) assert.ok(!verifier.recognises(other));
});

test('a token that the store does not know is inactive', () => {
  assertRefused(
    verifyNow(
      verifierOf(() => undefined),
      token,
    ),
    'token_inactive',
  );
});

test('a store that cannot be asked is no verdict on the token', async () => {
  const throwing = verifierOf(() => {
    throw new Error('disk I/O error');
  });
  const rejecting = verifierOf(() => Promise.reject(new Error('connection lost')));
  const immediate = verifyNow(throwing, token);
  assertRefused(immediate, 'issuer_unavailable');
  assert.equal(!immediate.ok && immediate.rejection.facts['reason'], 'disk I/O error');
  assertRefused(await rejecting.verify(token, sha256Hex(token), now, 0), 'issuer_unavailable');
});

test('a token expires when its time and the leeway are over, not before', () => {
  const verifier = verifierOf(() => record);
  assert.ok(verifyNow(verifier, token, record.expiresAt + 4_999).ok);
  assertRefused(verifyNow(verifier, token, record.expiresAt + 5_000), 'token_expired');
});

test('a record whose expiry is no number is expired', () => {
  const broken = { claims, expiresAt: Number.NaN };
  assertRefused(
    verifyNow(
      verifierOf(() => broken),
      token,
    ),
    'token_expired',
  );
});

test('a record of another issuer, or of none, is refused', () => {
  for (const iss of ['https://other.example', undefined]) {
    const foreign = { claims: { ...claims, iss }, expiresAt: record.expiresAt };
    assertRefused(
      verifyNow(
        verifierOf(() => foreign),
        token,
      ),
      'claim_invalid',
    );
  }
});

test('a witness is told of form, lookup and expiry, in this order', async () => {
  const told: Check[] = [];
  await verifierOf(() => record).verify(token, sha256Hex(token), now, 0, (check) => told.push(check));
  assert.deepEqual(told, ['structure', 'introspection', 'expiry']);
});

test('each lookup is announced with its outcome', () => {
  const heard: TokenLookup[] = [];
  const stop = tokenLookups.listen((lookup) => heard.push(lookup));
  verifyNow(
    verifierOf(() => record),
    token,
  );
  verifyNow(
    verifierOf(() => undefined),
    token,
  );
  verifyNow(
    verifierOf(() => {
      throw new Error('closed');
    }),
    token,
  );
  stop();
  assert.deepEqual(
    heard.map(({ outcome }) => outcome),
    ['found', 'unknown', 'failed'],
  );
});
