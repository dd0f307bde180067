import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyJws } from '../../src/tokens/index.ts';
import { aJwt, aSigningKey, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** Headers and signatures without end were decoded first: CVE-2025-61920. Here the length comes before all else. */
const key = aSigningKey('ES256');
const [header, payload, signature] = aJwt(key).split('.');

const endless = (length: number): Record<string, string> => ({
  header: `${'A'.repeat(length)}.${payload}.${signature}`,
  payload: `${header}.${'A'.repeat(length)}.${signature}`,
  signature: `${header}.${payload}.${'A'.repeat(length)}`,
  dots: '.'.repeat(length),
});

for (const [part, token] of Object.entries(endless(1024 * 1024))) {
  test(`a megabyte of ${part} is refused in no time and no memory`, () => {
    const before = process.memoryUsage();
    const start = performance.now();
    for (let times = 0; times < 100; times++) {
      assert.equal(outcome(verify(token, keySetOf(key))), 'token_too_long');
      assert.equal(outcome(verifyJws(token, key.jwk)), 'token_too_long');
    }
    assert.ok(performance.now() - start < 500);
    assert.ok(process.memoryUsage().arrayBuffers - before.arrayBuffers < 1024 * 1024);
  });
}

test('a claim of half a gigabyte is refused likewise', () => {
  assert.equal(outcome(verify(endless(500_000_000)['payload'] ?? '', keySetOf(key))), 'token_too_long');
});
