import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aJwt,
  aSigningKey,
  encode,
  keySetOf,
  ordinaryClaims,
  outcome,
  signatureBy,
  verify,
} from '../fixtures/a-jwt.ts';

/** A JWK without `alg` let the header choose: CVE-2026-22817 and CVE-2026-22818. */
const all = [
  ...['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
  ...['EdDSA', 'none'],
];

const fitting: Record<string, readonly string[]> = {
  RS256: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ES256: ['ES256'],
  ES384: ['ES384'],
  ES512: ['ES512'],
  EdDSA: ['EdDSA'],
};

/** Signed as well as it can be: by the key itself where that fits, by its published half where an HMAC is called for. */
function bestForgery(alg: string, keyAlg: string): string {
  const key = aSigningKey(keyAlg);
  if (fitting[keyAlg]?.includes(alg)) return aJwt({ ...key, alg });
  const input = `${encode(JSON.stringify({ alg, typ: 'at+jwt', kid: key.kid }))}.${encode(JSON.stringify(ordinaryClaims))}`;
  if (alg === 'none') return `${input}.`;
  const secret = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const signature = alg.startsWith('HS')
    ? signatureBy(alg, secret, input)
    : signatureBy(alg, aSigningKey(alg).privateKey, input);
  return `${input}.${encode(signature)}`;
}

for (const keyAlg of Object.keys(fitting)) {
  for (const alg of all) {
    const fits = fitting[keyAlg]?.includes(alg) ?? false;
    test(`a ${keyAlg} key without \`alg\` ${fits ? 'verifies' : 'never verifies'} a token by ${alg}`, () => {
      const verdict = verify(bestForgery(alg, keyAlg), keySetOf(aSigningKey(keyAlg)));
      if (fits) assert.equal(outcome(verdict), 'accepted');
      else assert.match(outcome(verdict), /^(algorithm_not_allowed|key_unfit)$/);
    });
  }
}

test('what fits the key is still refused where the issuer does not sign so', () => {
  const key = aSigningKey('RS256');
  for (const alg of ['RS384', 'RS512', 'PS256', 'PS384', 'PS512']) {
    const verdict = verify(aJwt({ ...key, alg }), keySetOf(key), { algorithms: ['RS256'] });
    assert.equal(outcome(verdict), 'algorithm_not_allowed');
  }
});
