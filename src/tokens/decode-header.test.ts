import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, outcome } from '../../test/fixtures/a-jwt.ts';
import { decodeHeader, isKnownHeader } from './decode-header.ts';

test('the same header gives the same object, which nobody can change', () => {
  const part = encode('{"alg":"ES256","kid":"same"}');
  const first = decodeHeader(part);
  assert.ok(first.ok && Object.isFrozen(first.value));
  assert.ok(isKnownHeader(part));
  const second = decodeHeader(part);
  assert.equal(second.ok && second.value, first.value);
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
  assert.ok(decodeHeader(part).ok);
  assert.ok(!isKnownHeader(part));
});

test('a flood of headers pushes older ones out, and each is still decoded', () => {
  const parts = Array.from({ length: 600 }, (_, at) => encode(`{"alg":"ES256","kid":"flood-${at}"}`));
  for (const [at, part] of parts.entries()) {
    const header = decodeHeader(part);
    assert.equal(header.ok && header.value.kid, `flood-${at}`);
  }
  assert.ok(parts.filter(isKnownHeader).length <= 256);
});
