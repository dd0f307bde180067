import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyJws } from '../../src/tokens/index.ts';
import { aJwt, aSigningKey, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** One token in many spellings: each would have a hash of its own, and slip past a revocation of the others. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test('of all last characters that decode alike only one is taken', () => {
  for (const alg of ['ES256', 'RS256', 'EdDSA']) {
    const key = aSigningKey(alg);
    const token = aJwt(key);
    const accepted = [...alphabet].filter((last) => verify(token.slice(0, -1) + last, keySetOf(key)).ok);
    assert.deepEqual(accepted, [token.at(-1)]);
  }
});

test('padding, white space and the other alphabet are refused, though the bytes are the same', () => {
  const key = aSigningKey('RS256');
  const token = aJwt(key);
  const [header = '', payload = '', signature = ''] = token.split('.');
  const spellings = [
    `${header}.${payload}.${signature}=`,
    `${header}.${payload}.${signature}==`,
    `${header}.${payload}.${signature}\n`,
    `${header}.${payload}. ${signature}`,
    `${header}.${payload}.${signature.slice(0, 64)}\r\n${signature.slice(64)}`,
    ` ${token}`,
    `${token}\t`,
    `${token}\0`,
  ];
  if (/[-_]/.test(signature)) {
    spellings.push(`${header}.${payload}.${signature.replaceAll('-', '+').replaceAll('_', '/')}`);
  }
  for (const spelling of spellings) {
    assert.equal(outcome(verify(spelling, keySetOf(key))), 'encoding_invalid', JSON.stringify(spelling.slice(-8)));
    assert.equal(outcome(verifyJws(spelling, key.jwk)), 'encoding_invalid');
  }
});
