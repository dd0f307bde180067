import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { anEncryptionKey } from '../../test/fixtures/a-jwe.ts';
import { DecryptionKeyInvalid, importDecryptionKey } from './decryption-key.ts';

test('a PEM becomes a key without a name, unless it is given one', () => {
  const { pem } = anEncryptionKey('P-384');
  const { id, type, curve, modulusLength } = importDecryptionKey(pem);
  assert.deepEqual(
    { id, type, curve, modulusLength },
    { id: undefined, type: 'EC', curve: 'P-384', modulusLength: undefined },
  );
  assert.equal(importDecryptionKey(pem, 'enc-1').id, 'enc-1');
});

test('older forms of PEM are read too', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey.export({ type: 'sec1', format: 'pem' });
  assert.equal(importDecryptionKey(rsa.toString()).modulusLength, 256);
  assert.equal(importDecryptionKey(ec.toString()).curve, 'P-521');
});

test('a JWK brings its name, which the operator may overrule', () => {
  const { key } = anEncryptionKey();
  const jwk = JSON.stringify({ ...key.privateKey.export({ format: 'jwk' }), kid: 'its-own', use: 'enc' });
  assert.equal(importDecryptionKey(jwk).id, 'its-own');
  assert.equal(importDecryptionKey(jwk, 'ours').id, 'ours');
  assert.equal(importDecryptionKey(jwk).fingerprint, key.fingerprint);
});

test('the fingerprint is that of the key, in whatever form it came and whatever it is called', () => {
  const [one, other] = [anEncryptionKey(), anEncryptionKey()];
  assert.equal(importDecryptionKey(one.pem, 'a').fingerprint, importDecryptionKey(one.pem, 'b').fingerprint);
  assert.notEqual(one.key.fingerprint, other.key.fingerprint);
});

const pemOf = (pair: { privateKey: { export(as: { type: 'pkcs8'; format: 'pem' }): string | Buffer } }): string =>
  pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const unusable: Readonly<Record<string, () => string>> = {
  'a public key': () => anEncryptionKey().publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  'a public JWK': () => JSON.stringify(anEncryptionKey().publicKey.export({ format: 'jwk' })),
  'a secret': () => JSON.stringify({ kty: 'oct', k: 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0' }),
  'an RSA key that is too short': () => pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 })),
  'a key for signatures by its type': () => pemOf(generateKeyPairSync('ed25519')),
  'a key for signatures by its use': () =>
    JSON.stringify({ ...anEncryptionKey().key.privateKey.export({ format: 'jwk' }), use: 'sig' }),
  'another curve': () => pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' })),
  'an encrypted PEM': () =>
    anEncryptionKey()
      .key.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
      .toString(),
  'broken JSON': () => '{"kty":"EC","d":"hunter2secret"',
  'any text': () => 'hunter2secret',
  nothing: () => '',
};

for (const [what, make] of Object.entries(unusable)) {
  test(`${what} is refused, and the message holds nothing of it`, () => {
    const text = make();
    assert.throws(
      () => importDecryptionKey(text),
      (error) => error instanceof DecryptionKeyInvalid && !error.message.includes('hunter2'),
    );
  });
}

test('neither JSON nor the spread of a key shows its private half', () => {
  const { key } = anEncryptionKey();
  const secret = String(key.privateKey.export({ format: 'jwk' }).d);
  assert.ok(!JSON.stringify(key).includes(secret));
});
