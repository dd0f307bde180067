import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importKeySet, verifyJws } from '../../src/tokens/index.ts';
import { aJwt, aSigningKey, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** `kid` reached a file system, a database, a prototype (WebGoat#1538, OWASP CheatSheetSeries#2317). Here it is a name. */
const key = aSigningKey('ES256');

const injections = [
  ...['../../dev/null', '/dev/null', 'file:///dev/null', '..%2f..%2fdev%2fnull', 'key\0.pem', 'CON'],
  ...["' OR 1--", "' UNION SELECT 'AA", '1; DROP TABLE keys', '$ne', '*)(uid=*', '{{7*7}}'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'length', '0', '-1'],
  ...['| id', '$(id)', '; cat /etc/passwd', 'http://169.254.169.254/', 'x\r\nX-Admin: true', '\u202e', '\u0000'],
];

for (const kid of injections) {
  test(`the kid ${JSON.stringify(kid)} is only a name`, () => {
    const token = aJwt(key, {}, { kid });
    assert.equal(outcome(verify(token, keySetOf(key))), 'key_unknown');
    assert.equal(outcome(verifyJws(token, { keys: [key.jwk] })), 'key_unknown');
    const named = importKeySet({ keys: [{ ...key.jwk, kid }] }).keySet;
    assert.equal(outcome(verify(token, named)), 'accepted');
  });
}

test('a kid of a megabyte is refused by its length, one that just fits by its name', () => {
  assert.equal(outcome(verify(aJwt(key, {}, { kid: 'x'.repeat(1024 * 1024) }), keySetOf(key))), 'token_too_long');
  assert.equal(outcome(verify(aJwt(key, {}, { kid: 'x'.repeat(11_000) }), keySetOf(key))), 'key_unknown');
});

test('a kid that is no string is refused', () => {
  for (const kid of [1, null, true, ['key-ES256'], { toString: 'key-ES256' }]) {
    assert.equal(outcome(verify(aJwt(key, {}, { kid }), keySetOf(key))), 'header_invalid');
  }
});
