import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importKeySet, verifyJws } from '../../src/tokens/index.ts';
import { encode, ordinaryClaims, outcome, signatureBy, verify } from '../fixtures/a-jwt.ts';

/** An empty HMAC key was accepted where no key was found: CVE-2026-44351, CVE-2026-45363, CVE-2026-49852. */
function signedByNothing(alg: string, kid: string | undefined): string {
  const input = `${encode(JSON.stringify({ alg, typ: 'at+jwt', kid }))}.${encode(JSON.stringify(ordinaryClaims))}`;
  return `${input}.${encode(signatureBy('HS256', '', input))}`;
}

const emptySets = {
  'no key': { keys: [] },
  'an empty secret': { keys: [{ kty: 'oct', k: '', kid: 'a' }] },
  'an empty secret for the algorithm': { keys: [{ kty: 'oct', k: '', kid: 'a', alg: 'HS256' }] },
  'a key of nothing': { keys: [{ kid: 'a' }, {}, null] },
  'an empty RSA key': { keys: [{ kty: 'RSA', n: '', e: '', kid: 'a' }] },
  'an empty point': { keys: [{ kty: 'EC', crv: 'P-256', x: '', y: '', kid: 'a' }] },
};

for (const [name, jwks] of Object.entries(emptySets)) {
  test(`a key set of ${name} verifies nothing`, () => {
    for (const kid of ['a', 'unknown', '', undefined]) {
      const { keySet } = importKeySet(jwks);
      assert.equal(outcome(verify(signedByNothing('HS256', kid), keySet)), 'algorithm_not_allowed');
      assert.equal(outcome(verify(signedByNothing('ES256', kid), keySet)), 'key_unknown');
      assert.equal(outcome(verifyJws(signedByNothing('HS256', kid), jwks)), 'algorithm_not_allowed');
    }
  });
}
