import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyJws } from '../../src/tokens/index.ts';
import { aSigningKey, encode, keySetOf, ordinaryClaims, outcome, signatureBy, verify } from '../fixtures/a-jwt.ts';

/**
 * The attacker signs with an HMAC whose secret is the issuer's public key, and the library takes the algorithm from the
 * header: CVE-2015-9235, CVE-2016-10555, CVE-2022-29217, CVE-2023-48223, CVE-2026-11800, CVE-2026-34950,
 * CVE-2026-48526, CVE-2026-33322, GHSA-ww5h-9m49-7xx4, GHSA-g3jj-5cmm-3hxx.
 */
for (const issuerAlg of ['RS256', 'ES256', 'EdDSA']) {
  const key = aSigningKey(issuerAlg);
  const pem = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const secrets: Record<string, string | Buffer> = {
    PEM: pem,
    'PEM without its last line feed': pem.trimEnd(),
    'PEM behind white space': `\n ${pem}`,
    'PEM with a byte order mark': `\ufeff${pem}`,
    'PEM as a certificate': pem.replaceAll('PUBLIC KEY', 'CERTIFICATE'),
    DER: key.publicKey.export({ type: 'spki', format: 'der' }),
    'JWK in JSON': JSON.stringify(key.jwk),
    'JWK in JSON, indented': JSON.stringify(key.jwk, null, 2),
    'JWK Set in JSON': JSON.stringify({ keys: [key.jwk] }),
    'JWK thumbprint': encode(signatureBy('HS256', '', JSON.stringify(key.jwk))),
  };
  for (const [form, secret] of Object.entries(secrets)) {
    test(`an HMAC under the ${issuerAlg} public key as ${form} is no signature`, () => {
      for (const alg of ['HS256', 'HS384', 'HS512']) {
        for (const kid of [key.kid, undefined]) {
          const input = `${encode(JSON.stringify({ alg, typ: 'at+jwt', kid }))}.${encode(JSON.stringify(ordinaryClaims))}`;
          const token = `${input}.${encode(signatureBy(alg, secret, input))}`;
          assert.equal(outcome(verify(token, keySetOf(key))), 'algorithm_not_allowed');
          assert.equal(outcome(verifyJws(token, key.jwk)), 'algorithm_not_allowed');
        }
      }
    });

    test(`the same HMAC called ${issuerAlg} is no signature`, () => {
      const header = encode(JSON.stringify({ alg: issuerAlg, typ: 'at+jwt', kid: key.kid }));
      const input = `${header}.${encode(JSON.stringify(ordinaryClaims))}`;
      const token = `${input}.${encode(signatureBy('HS256', secret, input))}`;
      assert.equal(outcome(verify(token, keySetOf(key))), 'signature_invalid');
    });
  }
}
