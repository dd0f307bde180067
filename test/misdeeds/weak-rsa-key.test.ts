import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { importKeySet, verifyJws } from '../../src/tokens/index.ts';
import { outcome, signTexts } from '../fixtures/a-jwt.ts';

/** A key that can be factored, or whose exponent does nothing, signs for everybody. */
test('keys of fewer than 2048 bits verify nothing (RFC 7518 section 3.3)', () => {
  for (const modulusLength of [512, 1024, 2040]) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'weak' };
    const token = signTexts('{"alg":"RS256","kid":"weak"}', '{}', {
      alg: 'RS256',
      kid: 'weak',
      publicKey,
      privateKey,
      jwk,
    });
    assert.equal(importKeySet({ keys: [jwk] }).skipped[0]?.reason, 'rsa_modulus_too_short');
    assert.equal(outcome(verifyJws(token, jwk)), 'key_unknown');
  }
});

test('an exponent of one, or one so long that it only burns time, makes no key', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = publicKey.export({ format: 'jwk' });
  for (const e of ['AQ', 'Ag', 'Aw', 'AAAB', 'AQAA', 'AQAAAAAAAAAB', jwk.n]) {
    const { keySet, skipped } = importKeySet({ keys: [{ ...jwk, e }] });
    assert.equal(keySet.keys.length, 0, String(e));
    assert.equal(skipped[0]?.reason, 'rsa_exponent_unsafe');
  }
});
