import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyJws } from '../../src/tokens/index.ts';
import { aJwt, aSigningKey, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** Extensions that the signer called critical were ignored: CVE-2026-32597, GHSA-hm7r-c7qw-ghp6. */
const key = aSigningKey('ES256');

test('whatever is called critical is refused, though the signature is good', () => {
  const extensions = { b64: true, exp: 1, 'http://example.com/policy': 'deny' };
  const lists = [
    ['http://example.com/policy'],
    ['exp'],
    ['b64'],
    ['alg', 'typ'],
    [],
    ['absent'],
    'exp',
    null,
    {},
    [[]],
  ];
  for (const crit of lists) {
    const token = aJwt(key, {}, { crit, ...extensions });
    assert.equal(outcome(verify(token, keySetOf(key))), 'critical_header_unknown', JSON.stringify(crit));
    assert.equal(outcome(verifyJws(token, key.jwk)), 'critical_header_unknown', JSON.stringify(crit));
  }
});
