import assert from 'node:assert/strict';
import { constants, sign } from 'node:crypto';
import { test } from 'node:test';
import { aSigningKey, signatureBy } from '../../test/fixtures/a-jwt.ts';
import { algorithmNamed, algorithmNames, algorithms } from './algorithms.ts';

const input = Buffer.from('header.payload');

test('the table holds eleven asymmetric algorithms, each under its name', () => {
  assert.deepEqual(algorithmNames, [
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
  ]);
  for (const name of algorithmNames) assert.equal(algorithmNamed(name)?.name, name);
});

test('nothing else is an algorithm, whatever its case and whatever the language calls it', () => {
  const others = ['none', 'HS256', 'HS384', 'HS512', 'ES256K', 'Ed448', 'rs256', 'Es256', 'eddsa', 'RS256 ', ''];
  for (const name of [...others, '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assert.equal(algorithmNamed(name), undefined, name);
  }
});

test('the table cannot be changed', () => {
  for (const row of algorithms) assert.ok(Object.isFrozen(row));
  assert.ok(Object.isFrozen(algorithms));
});

for (const row of algorithms) {
  const { privateKey, publicKey } = aSigningKey(row.name, 'the same');

  test(`${row.name} verifies its own signature, and no other bytes`, () => {
    const signature = signatureBy(row.name, privateKey, input.toString());
    assert.equal(row.signatureLength ?? 256, signature.length);
    assert.ok(row.verify(publicKey, input, signature));
    assert.ok(!row.verify(publicKey, Buffer.from('header.payloae'), signature));
    for (const at of [0, signature.length >> 1, signature.length - 1]) {
      const changed = Buffer.from(signature);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.ok(!row.verify(publicKey, input, changed));
    }
  });

  test(`${row.name} verifies no signature by another algorithm for the same key`, () => {
    const sameName = (name: string): boolean => name.startsWith('Ed') && row.name.startsWith('Ed');
    const others = algorithms.filter(
      ({ keyType, name }) => keyType === row.keyType && !sameName(name) && name !== row.name,
    );
    for (const other of others.filter(({ curve }) => curve === row.curve)) {
      assert.ok(!row.verify(publicKey, input, signatureBy(other.name, privateKey, input.toString())), other.name);
    }
  });
}

test('PSS takes no salt but one of the length of the digest', () => {
  const { privateKey: key, publicKey } = aSigningKey('PS256', 'the same');
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  for (const saltLength of [0, 20, 31, 33, constants.RSA_PSS_SALTLEN_MAX_SIGN]) {
    const signature = sign('sha256', input, { key, padding, saltLength });
    assert.equal(algorithmNamed('PS256')?.verify(publicKey, input, signature), false, String(saltLength));
  }
});
