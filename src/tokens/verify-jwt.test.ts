import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  aJwt,
  aSigningKey,
  expectation,
  keySetOf,
  now,
  ordinaryClaims,
  outcome,
  verify,
} from '../../test/fixtures/a-jwt.ts';
import { sha256Hex } from '../base/sha256.ts';
import { algorithmNames } from './algorithms.ts';
import { decodeJwt } from './decode.ts';
import { verifyJwt } from './verify-jwt.ts';

const key = aSigningKey('ES256');
const keys = keySetOf(key);

for (const alg of algorithmNames) {
  test(`a token signed by ${alg} is verified`, () => {
    const signingKey = aSigningKey(alg);
    assert.equal(outcome(verify(aJwt(signingKey), keySetOf(signingKey))), 'accepted');
  });
}

test('a verified token carries its facts', () => {
  const token = aJwt(key);
  const verdict = verify(token, keys);
  assert.ok(verdict.ok);
  const { kind, hash, header, claims, keyId, expiresAt } = verdict.value;
  assert.deepEqual([kind, hash, keyId, expiresAt], ['jwt', sha256Hex(token), 'key-ES256', 1_790_003_600_000]);
  assert.deepEqual({ ...header }, { alg: 'ES256', typ: 'at+jwt', kid: 'key-ES256' });
  assert.deepEqual({ ...claims }, ordinaryClaims);
});

test('the witness hears of every check, in order, with its facts', () => {
  const told = new Map<string, Readonly<Record<string, unknown>>>();
  const witness = (check: string, facts: Readonly<Record<string, unknown>>): unknown => told.set(check, facts);
  const decoded = decodeJwt(aJwt(key), 16_384, witness);
  assert.ok(decoded.ok && verifyJwt(decoded.value, expectation, keys, now, witness).ok);
  assert.deepEqual([...told.keys()], ['structure', 'decoding', 'key', 'signature', 'claims', 'expiry']);
  const described = { kid: 'key-ES256', kty: 'EC', crv: 'P-256', algorithms: ['ES256'] };
  assert.deepEqual(told.get('signature'), { key: described });
  assert.deepEqual(told.get('expiry'), { expiresAt: '2026-09-21T15:13:20.000Z', secondsLeft: 1800 });
});

test('the witness hears of nothing behind the check that failed', () => {
  const stages = {
    algorithm_not_allowed: [{ algorithms: ['RS256'] }, []],
    token_type_not_accepted: [{ types: ['jwt'] }, ['key', 'signature']],
    claim_missing: [{ required: ['tenant'] }, ['key', 'signature']],
    token_expired: [{ leewaySeconds: -3600 }, ['key', 'signature', 'claims']],
  } as const;
  for (const [code, [demands, passed]] of Object.entries(stages)) {
    const told: string[] = [];
    const decoded = decodeJwt(aJwt(key), 16_384);
    assert.ok(decoded.ok);
    const verdict = verifyJwt(decoded.value, { ...expectation, ...demands }, keys, now, (check) => told.push(check));
    assert.equal(outcome(verdict), code);
    assert.deepEqual(told, passed);
  }
});

test('nothing is said of claims while the signature is not verified', () => {
  const forged = aJwt(
    aSigningKey('ES256', 'another'),
    { exp: 1, iss: 'https://evil.example' },
    { kid: key.kid, typ: 'x' },
  );
  assert.equal(outcome(verify(forged, keys)), 'signature_invalid');
});

test('facts of a refusal never hold the token or its signature', () => {
  const token = aJwt(key, { sub: undefined });
  for (const [demands, at] of [
    [{}, now],
    [{ algorithms: [] }, now],
    [{ required: [] }, 9e15],
  ] as const) {
    const verdict = verify(token, keys, demands, at);
    assert.ok(!verdict.ok);
    const told = JSON.stringify(verdict.rejection.facts);
    for (const part of token.split('.')) assert.ok(!told.includes(part));
  }
});

test('every change of one byte is refused, and none throws', () => {
  for (const alg of ['ES256', 'EdDSA', 'RS256', 'PS256']) {
    const signingKey = aSigningKey(alg);
    const token = aJwt(signingKey);
    const keySet = keySetOf(signingKey);
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const bytes = Buffer.from(token);
        fc.pre(bytes[at] !== byte);
        bytes[at] = byte;
        assert.ok(!verify(bytes.toString('latin1'), keySet).ok);
      }),
      { numRuns: 300 },
    );
  }
});

test('every token that is cut off or goes on is refused', () => {
  const token = aJwt(key);
  for (let length = 0; length < token.length; length++) assert.ok(!verify(token.slice(0, length), keys).ok);
  for (const more of ['A', '=', '.', '.A', ' ', '\n', '\0', token, `.${token}`])
    assert.ok(!verify(token + more, keys).ok);
  for (const before of ['A', '.', ' ', '\ufeff', 'Bearer ']) assert.ok(!verify(before + token, keys).ok);
});

test('no string throws', () => {
  const part = fc.oneof(
    fc.base64String(),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      assert.ok(!verify(parts.join('.'), keys).ok);
    }),
    { numRuns: 1000 },
  );
});
