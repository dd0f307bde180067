import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSigningKey, keySetOf, ordinaryClaims, outcome, signTexts, verify } from '../fixtures/a-jwt.ts';

/** Bytes that are no text are replaced by decoders, and two different subjects become the same. */
const key = aSigningKey('ES256');
const header = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: key.kid });
const [before = '', after = ''] = JSON.stringify({ ...ordinaryClaims, sub: '|' }).split('|');

function subject(bytes: readonly number[]): string {
  return signTexts(header, Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]), key);
}

test('text that is not UTF-8 is refused', () => {
  for (const bytes of [
    [0xff],
    [0xc0, 0x80],
    [0xe2, 0x28, 0xa1],
    [0xed, 0xa0, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0x80],
  ]) {
    assert.equal(outcome(verify(subject(bytes), keySetOf(key))), 'json_invalid');
  }
});

test('half a surrogate pair is refused, a whole one is a character', () => {
  for (const half of ['\\ud800', '\\udfff', '\\ude00\\ud83d', 'a\\ud83d']) {
    assert.equal(outcome(verify(subject([...Buffer.from(half)]), keySetOf(key))), 'json_invalid', half);
  }
  assert.equal(outcome(verify(subject([...Buffer.from('\\ud83d\\ude00')]), keySetOf(key))), 'accepted');
});

test('a byte order mark is refused', () => {
  const marked = signTexts(header, `\ufeff${JSON.stringify(ordinaryClaims)}`, key);
  assert.equal(outcome(verify(marked, keySetOf(key))), 'json_invalid');
});
