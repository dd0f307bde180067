import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { aJwt, aSigningKey, keySetOf, type SigningKey } from '../../test/fixtures/a-jwt.ts';
import { algorithmNames } from './algorithms.ts';
import { decodeJws, type UnverifiedJws } from './decode.ts';
import { findSigner } from './find-signer.ts';
import { prepareSignatureCheck, type SignatureCheck } from './signature-check.ts';

const mine = aSigningKey('ES256');
const yours = aSigningKey('ES256', 'yours');

function jwsOf(key: SigningKey): UnverifiedJws {
  const jws = decodeJws(aJwt(key, {}, { kid: undefined }), 16_384);
  assert.ok(jws.ok);
  return jws.value;
}

function checkOf(jws: UnverifiedJws, ...keys: SigningKey[]): SignatureCheck {
  const verdict = prepareSignatureCheck(jws, algorithmNames, keySetOf(...keys));
  assert.ok(verdict.ok);
  return verdict.value;
}

test('the key that signed is found among several', () => {
  const signer = findSigner(checkOf(jwsOf(mine), yours, mine));
  assert.equal(signer.ok && signer.value.id, mine.kid);
});

test('where no key signed, the facts tell which were tried and nothing of the signature', () => {
  const signer = findSigner(checkOf(jwsOf(mine), yours));
  assert.ok(!signer.ok);
  assert.deepEqual(signer.rejection, {
    code: 'signature_invalid',
    facts: { alg: 'ES256', tried: ['yours'], signatureBytes: 64 },
  });
});

test('a signature of the wrong length is refused without asking the library', () => {
  for (const alg of ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA']) {
    const key = aSigningKey(alg);
    const jws = jwsOf(key);
    const { signature } = jws;
    const wrong = [signature.subarray(1), signature.subarray(0, -1), Buffer.concat([signature, Buffer.alloc(1)])];
    for (const other of [...wrong, Buffer.concat([Buffer.alloc(1), signature]), Buffer.alloc(0)]) {
      const refused = prepareSignatureCheck({ ...jws, signature: other }, algorithmNames, keySetOf(key));
      assert.ok(!refused.ok);
      const facts = { alg, tried: [key.kid], signatureBytes: other.length };
      assert.deepEqual(refused.rejection, { code: 'signature_invalid', facts });
    }
  }
});

test('of keys of different lengths only those are tried that the signature fits', () => {
  const rsa = aSigningKey('RS256');
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2056 });
  const longer = { ...rsa, jwk: { ...publicKey.export({ format: 'jwk' }), kid: 'longer' } };
  assert.deepEqual(
    checkOf(jwsOf(rsa), longer, rsa).candidates.map(({ id }) => id),
    [rsa.kid],
  );
});
