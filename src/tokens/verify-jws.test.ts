import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSigningKey, encode, outcome, signParts, signTexts } from '../../test/fixtures/a-jwt.ts';
import { algorithmNames } from './algorithms.ts';
import { verifyJws } from './verify-jws.ts';

const key = aSigningKey('ES256');
const set = { keys: [key.jwk] };
const header = '{"alg":"ES256","kid":"key-ES256"}';

for (const alg of algorithmNames) {
  test(`a JWS by ${alg} is verified, and gives its header and its bytes`, () => {
    const signingKey = aSigningKey(alg);
    const payload = Buffer.from([0, 255, 10, 128]);
    const verdict = verifyJws(signTexts(JSON.stringify({ alg }), payload, signingKey), { keys: [signingKey.jwk] });
    assert.ok(verdict.ok, outcome(verdict));
    assert.deepEqual([verdict.value.header.alg, Buffer.from(verdict.value.payload)], [alg, payload]);
  });
}

test('an empty payload that was signed is verified; content that was detached is not', () => {
  const empty = verifyJws(signTexts(header, '', key), set);
  assert.equal(empty.ok && empty.value.payload.length, 0);
  const [protectedHeader, , signature] = signTexts(header, 'content', key).split('.');
  assert.equal(outcome(verifyJws(`${protectedHeader}..${signature}`, set)), 'signature_invalid');
});

test('keys come as a set or alone, public or whole', () => {
  const token = signTexts(header, 'x', key);
  const whole = { ...key.privateKey.export({ format: 'jwk' }), kid: key.kid };
  for (const jwks of [set, key.jwk, { keys: [whole] }, whole]) assert.ok(verifyJws(token, jwks).ok);
});

test('a single key without a `kid` is the one that is meant; in a set it is not', () => {
  const { kid: _, ...nameless } = key.jwk;
  const token = signTexts(header, 'x', key);
  assert.ok(verifyJws(token, nameless).ok);
  assert.equal(outcome(verifyJws(token, { keys: [nameless] })), 'key_unknown');
  assert.equal(outcome(verifyJws(token, { ...nameless, kid: 'other' })), 'key_unknown');
});

test('what holds no key knows none, and nothing throws', () => {
  const token = signTexts(header, 'x', key);
  for (const jwks of [
    undefined,
    null,
    1,
    'x',
    [],
    {},
    { keys: null },
    { keys: [] },
    { keys: [null, 1] },
    { kty: 'oct' },
  ]) {
    assert.equal(outcome(verifyJws(token, jwks)), 'key_unknown');
  }
});

test('it is as strict as for an access token', () => {
  const payload = encode('x');
  const refused = {
    token_parts_wrong: `${encode(header)}.${payload}`,
    token_too_long: signTexts(header, 'x'.repeat(16_000), key),
    encoding_invalid: signParts(`${encode(header)}=`, payload, key),
    json_invalid: signTexts('{"alg":"ES256","alg":"ES256"}', 'x', key),
    header_invalid: signTexts('{"alg":"ES256","kid":1}', 'x', key),
    critical_header_unknown: signTexts('{"alg":"ES256","crit":["b64"],"b64":false}', 'x', key),
    algorithm_not_allowed: `${encode('{"alg":"none"}')}.${payload}.`,
    key_unfit: signTexts('{"alg":"RS256","kid":"key-ES256"}', 'x', key),
  };
  for (const [code, token] of Object.entries(refused)) assert.equal(outcome(verifyJws(token, set)), code);
});
