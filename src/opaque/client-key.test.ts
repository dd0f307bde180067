import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { ClientKeyInvalid, importClientKey } from './client-key.ts';

const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { privateKey: ec, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

test('a JWK brings its `kid` and `alg` along, and options win over both', () => {
  const jwk = { ...rsa.export({ format: 'jwk' }), kid: 'k1', alg: 'PS256' };
  const key = importClientKey(JSON.stringify(jwk));
  assert.deepEqual([key.id, key.algorithm], ['k1', 'PS256']);
  const other = importClientKey(` ${JSON.stringify(jwk)}`, 'k2', 'RS256');
  assert.deepEqual([other.id, other.algorithm], ['k2', 'RS256']);
});

test('PEM of each usual kind is read', () => {
  assert.equal(importClientKey(String(rsa.export({ type: 'pkcs1', format: 'pem' }))).algorithm, 'RS256');
  assert.equal(importClientKey(String(ec.export({ type: 'sec1', format: 'pem' }))).algorithm, 'ES256');
  assert.equal(importClientKey(String(ec.export({ type: 'pkcs8', format: 'pem' }))).algorithm, 'ES256');
});

test('what is no private key of a good kind is refused, and not repeated', () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const odd = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
  const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
  const texts = [
    '',
    'supersecret',
    '{"kty":"supersecret"',
    '{"kty":"oct","k":"supersecret"}',
    JSON.stringify(publicKey.export({ format: 'jwk' })),
    JSON.stringify({ ...ec.export({ format: 'jwk' }), alg: 'HS256' }),
    JSON.stringify({ ...ec.export({ format: 'jwk' }), alg: 'ES384' }),
    String(publicKey.export({ type: 'spki', format: 'pem' })),
    String(weak.export({ type: 'pkcs8', format: 'pem' })),
    String(odd.export({ type: 'pkcs8', format: 'pem' })),
    String(ec.export(locked)),
  ];
  for (const text of texts) {
    assert.throws(
      () => importClientKey(text),
      (error) => error instanceof ClientKeyInvalid && !error.message.includes('supersecret'),
      text.slice(0, 40),
    );
  }
});
