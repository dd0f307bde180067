import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, encode, ordinaryClaims, outcome, signTexts } from '../../test/fixtures/a-jwt.ts';
import { decodeJws, decodeJwt } from './decode.ts';

const key = aSigningKey('ES256');

test('a JWT is decoded without being believed', () => {
  const token = aJwt(key);
  const decoded = decodeJwt(token, 16_384);
  assert.ok(decoded.ok);
  assert.equal(decoded.value.compact, token);
  assert.deepEqual({ ...decoded.value.header }, { alg: 'ES256', typ: 'at+jwt', kid: 'key-ES256' });
  assert.deepEqual({ ...decoded.value.payload }, ordinaryClaims);
});

test('what is signed is the text as it came', () => {
  const token = aJwt(key);
  const jws = decodeJws(token, 16_384);
  assert.ok(jws.ok);
  assert.equal(jws.value.signingInput.toString(), token.slice(0, token.lastIndexOf('.')));
  assert.equal(jws.value.signature.length, 64);
});

test('each part is strict base64url', () => {
  const [header, payload, signature] = aJwt(key).split('.');
  const broken = { header: `${header}=.${payload}.${signature}`, payload: `${header}.${payload}=.${signature}` };
  for (const [part, token] of Object.entries({ ...broken, signature: `${header}.${payload}.${signature}=` })) {
    const verdict = decodeJwt(token, 16_384);
    assert.ok(!verdict.ok);
    assert.deepEqual(verdict.rejection, { code: 'encoding_invalid', facts: { part } });
  }
});

test('the payload of a JWS need not be JSON, that of a JWT must be an object', () => {
  for (const payload of ['', 'plain text', '[]', '"x"', '\0']) {
    const token = signTexts('{"alg":"ES256"}', payload, key);
    const jws = decodeJws(token, 16_384);
    assert.equal(jws.ok && jws.value.payload.toString(), payload);
    assert.equal(outcome(decodeJwt(token, 16_384)), 'json_invalid');
  }
});

test('an over-long token is refused before it is looked at', () => {
  assert.equal(outcome(decodeJwt('!'.repeat(1001), 1000)), 'token_too_long');
});

test('the witness hears of structure, then of decoding, and of nothing after a refusal', () => {
  const told: [string, object][] = [];
  decodeJwt(aJwt(key), 16_384, (check, facts) => told.push([check, facts]));
  assert.deepEqual(
    told.map(([check]) => check),
    ['structure', 'decoding'],
  );
  assert.deepEqual(told[1]?.[1], {
    alg: 'ES256',
    typ: 'at+jwt',
    kid: 'key-ES256',
    claims: Object.keys(ordinaryClaims),
  });
  told.length = 0;
  decodeJwt(`${encode('{}')}.e30.x`, 16_384, (check, facts) => told.push([check, facts]));
  assert.deepEqual(
    told.map(([check]) => check),
    ['structure'],
  );
});
