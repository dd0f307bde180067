import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, keySetOf, outcome, type SigningKey } from '../../test/fixtures/a-jwt.ts';
import { algorithmNames } from './algorithms.ts';
import { type ChosenKeys, chooseKeys } from './choose-keys.ts';
import { decodeJws, type UnverifiedJws } from './decode.ts';
import { findSigner } from './find-signer.ts';

const mine = aSigningKey('ES256');
const yours = aSigningKey('ES256', 'yours');

function jwsOf(key: SigningKey): UnverifiedJws {
  const jws = decodeJws(aJwt(key, {}, { kid: undefined }), 16_384);
  assert.ok(jws.ok);
  return jws.value;
}

function chosen(alg: string, ...keys: SigningKey[]): ChosenKeys {
  const verdict = chooseKeys({ alg }, algorithmNames, keySetOf(...keys));
  assert.ok(verdict.ok);
  return verdict.value;
}

test('the key that signed is found among several', () => {
  const signer = findSigner(jwsOf(mine), chosen('ES256', yours, mine));
  assert.equal(signer.ok && signer.value.id, mine.kid);
});

test('where no key signed, the facts tell which were tried and nothing of the signature', () => {
  const signer = findSigner(jwsOf(mine), chosen('ES256', yours));
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
    assert.equal(outcome(findSigner(jws, chosen(alg, key))), 'accepted', alg);
    const wrong = [signature.subarray(1), signature.subarray(0, -1), Buffer.concat([signature, Buffer.alloc(1)])];
    for (const other of [...wrong, Buffer.concat([Buffer.alloc(1), signature]), Buffer.alloc(0)]) {
      const candidates = chosen(alg, key);
      let asked = false;
      const algorithm = { ...candidates.algorithm, verify: () => (asked = true) };
      assert.equal(
        outcome(findSigner({ ...jws, signature: other }, { ...candidates, algorithm })),
        'signature_invalid',
      );
      assert.ok(!asked);
    }
  }
});
