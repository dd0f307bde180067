import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, encode, keySetOf, outcome, verify } from '../../test/fixtures/a-jwt.ts';
import { decodeHeader, isKnownHeader, rememberHeader } from './decode-header.ts';

/** As when the signature of a token with that header has proved good. */
function remember(part: string): void {
  const header = decodeHeader(part);
  assert.ok(header.ok);
  rememberHeader(`${part}.payload.signature`, header.value);
}

test('the same header of good tokens gives the same object, which nobody can change', () => {
  const part = encode('{"alg":"ES256","kid":"same"}');
  remember(part);
  assert.ok(isKnownHeader(part));
  const [first, second] = [decodeHeader(part), decodeHeader(part)];
  assert.ok(first.ok && second.ok && Object.isFrozen(first.value));
  assert.equal(second.value, first.value);
});

test('a header is remembered when the signature of a token with it is good, and not before', () => {
  const key = aSigningKey('ES256');
  const [header = '', payload, signature] = aJwt(key, {}, { remembered: 'once signed' }).split('.');
  const forged = [header, payload, encode(Buffer.alloc(64, 1))].join('.');
  assert.equal(outcome(verify(forged, keySetOf(key))), 'signature_invalid');
  assert.ok(!isKnownHeader(header));
  assert.equal(outcome(verify([header, payload, signature].join('.'), keySetOf(key))), 'accepted');
  assert.ok(isKnownHeader(header));
});

test('a bad header is never remembered', () => {
  const bad = {
    encoding_invalid: `${encode('{"alg":"ES256"}')}=`,
    json_invalid: encode('{"alg":"ES256","alg":"ES256"}'),
    header_invalid: encode('{"alg":256}'),
    critical_header_unknown: encode('{"alg":"ES256","crit":[]}'),
  };
  for (const [code, part] of Object.entries(bad)) {
    assert.equal(outcome(decodeHeader(part)), code);
    assert.ok(!isKnownHeader(part));
    assert.equal(outcome(decodeHeader(part)), code);
  }
});

test('long headers are decoded and not remembered', () => {
  const part = encode(JSON.stringify({ alg: 'ES256', kid: 'x'.repeat(1000) }));
  remember(part);
  assert.ok(!isKnownHeader(part));
});

test('a flood of headers pushes older ones out, and each is still decoded', () => {
  const parts = Array.from({ length: 600 }, (_, at) => encode(`{"alg":"ES256","kid":"flood-${at}"}`));
  for (const [at, part] of parts.entries()) {
    remember(part);
    const header = decodeHeader(part);
    assert.equal(header.ok && header.value.kid, `flood-${at}`);
  }
  assert.ok(parts.filter(isKnownHeader).length <= 256);
});
