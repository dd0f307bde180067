import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { aSigningKey } from '../../test/fixtures/a-jwt.ts';
import { importMaterial, type Jwk } from './key-material.ts';
import type { KeyMaterial } from './verification-key.ts';

const rsa: Jwk = aSigningKey('RS256').jwk;
const p256: Jwk = aSigningKey('ES256').jwk;
const ed25519: Jwk = aSigningKey('EdDSA').jwk;

function number(value: bigint, bytes: number): string {
  return Buffer.from(value.toString(16).padStart(2 * bytes, '0'), 'hex').toString('base64url');
}

function material(jwk: Jwk): KeyMaterial {
  const imported = importMaterial(jwk);
  assert.ok(typeof imported === 'object', String(imported));
  return imported;
}

test('keys of each type are imported, public and equal to what they were', () => {
  for (const alg of ['RS256', 'ES256', 'ES384', 'ES512', 'EdDSA']) {
    const key = aSigningKey(alg);
    const { publicKey } = material({ ...key.jwk });
    assert.equal(publicKey.type, 'public');
    assert.ok(publicKey.equals(key.publicKey));
  }
});

test('what decides about signatures is known of each key', () => {
  const { type, curve, modulusLength } = material(rsa);
  assert.deepEqual({ type, curve, modulusLength }, { type: 'RSA', curve: undefined, modulusLength: 256 });
  assert.equal(material(p256).curve, 'P-256');
  assert.equal(material(ed25519).curve, 'Ed25519');
});

test('only public members are read', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  assert.equal(material({ ...privateKey.export({ format: 'jwk' }) }).publicKey.type, 'public');
});

test('an RSA modulus has 2048 to 16384 bits', () => {
  const modulus = (bits: bigint): Jwk => ({ ...rsa, n: number(2n ** bits - 1n, Number(bits + 7n) >> 3) });
  assert.equal(importMaterial(modulus(1024n)), 'rsa_modulus_too_short');
  assert.equal(importMaterial(modulus(2047n)), 'rsa_modulus_too_short');
  assert.equal(material(modulus(2049n)).modulusLength, 257);
  assert.equal(material(modulus(16384n)).modulusLength, 2048);
  assert.equal(importMaterial(modulus(16385n)), 'rsa_modulus_too_long');
  assert.notEqual(typeof importMaterial(modulus(65536n)), 'object');
});

test('a leading zero octet does not lengthen a modulus', () => {
  const zero = number(2n ** 2047n - 1n, 300);
  assert.equal(importMaterial({ ...rsa, n: zero }), 'rsa_modulus_too_short');
});

test('an RSA exponent is odd and neither small nor endless', () => {
  const exponents: [bigint, boolean][] = [
    [0n, false],
    [1n, false],
    [2n, false],
    [3n, false],
    [17n, false],
    [65536n, false],
    [65537n, true],
    [65539n, true],
    [2n ** 32n + 1n, true],
    [2n ** 64n - 1n, true],
    [2n ** 64n, false],
    [2n ** 64n + 1n, false],
    [2n ** 2000n + 1n, false],
  ];
  for (const [exponent, good] of exponents) {
    const bytes = Math.max(1, Math.ceil(exponent.toString(16).length / 2));
    assert.equal(typeof importMaterial({ ...rsa, e: number(exponent, bytes) }) === 'object', good, String(exponent));
  }
});

test('a point must lie on its curve', () => {
  const off = Buffer.from(String(p256['y']), 'base64url');
  off[31] = (off[31] ?? 0) ^ 1;
  assert.equal(importMaterial({ ...p256, y: off.toString('base64url') }), 'malformed');
  assert.equal(importMaterial({ ...p256, x: number(0n, 32), y: number(0n, 32) }), 'malformed');
  assert.equal(importMaterial({ ...p256, x: number(2n ** 256n - 1n, 32) }), 'malformed');
  assert.equal(importMaterial({ ...aSigningKey('ES384').jwk, crv: 'P-256' }), 'malformed');
});

test('coordinates have their full length', () => {
  const x = Buffer.from(String(p256['x']), 'base64url');
  for (const other of [Buffer.concat([Buffer.alloc(1), x]), x.subarray(1), Buffer.alloc(0)]) {
    assert.equal(importMaterial({ ...p256, x: other.toString('base64url') }), 'malformed');
  }
  const okp = Buffer.from(String(ed25519['x']), 'base64url');
  assert.equal(importMaterial({ ...ed25519, x: okp.subarray(1).toString('base64url') }), 'malformed');
});

test('other curves and types are refused by name', () => {
  for (const crv of ['secp256k1', 'P-192', 'p-256', '__proto__', 'constructor', '']) {
    assert.equal(importMaterial({ ...p256, crv }), 'curve_unsupported', crv);
  }
  for (const crv of ['Ed448', 'X25519', 'X448', undefined]) {
    assert.equal(importMaterial({ ...ed25519, crv }), 'curve_unsupported', String(crv));
  }
  for (const kty of ['rsa', 'AKP', '__proto__', 'constructor', '', undefined, 1, null, ['RSA']]) {
    assert.equal(importMaterial({ ...rsa, kty }), 'type_unsupported', String(kty));
  }
  assert.equal(importMaterial({ kty: 'oct', k: 'c2VjcmV0' }), 'symmetric');
});

test('members that are missing, of the wrong type or not base64url make a key malformed', () => {
  for (const wrong of [undefined, null, 1, {}, [], '', 'AQAB=', 'AQ AB', 'A+/B', true]) {
    for (const [jwk, members] of [[rsa, ['n', 'e']] as const, [p256, ['x', 'y']] as const, [ed25519, ['x']] as const]) {
      for (const member of members) assert.equal(importMaterial({ ...jwk, [member]: wrong }), 'malformed', member);
    }
  }
  assert.equal(importMaterial({ ...p256, crv: 256 }), 'malformed');
});
