/**
 * A token that is bound to a key (RFC 7800) was taken from whoever bore it: heimdall's strategy for mutual TLS checked
 * nothing, and most gateways do not look at `cnf` at all. No proof can be checked here yet, so none of them passes.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { createStoreVerifier, generateOpaqueToken } from '../../src/opaque/index.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { aRequest } from '../fixtures/a-request.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

const acme = anIssuer('acme');
const thumbprint = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I';

const confirmations = {
  'a DPoP key (RFC 9449)': { jkt: thumbprint },
  'a certificate (RFC 8705)': { 'x5t#S256': thumbprint },
  'a key (RFC 7800)': { jwk: { kty: 'EC', crv: 'P-256' } },
  'the name of a key': { kid: 'k1' },
  'a key somewhere else': { jku: 'https://keys.example/jwks' },
  'something unheard of': { 'x-proof': 1 },
  'nothing in particular': {},
};

async function codeFor(token: string, claims: object, scheme = 'Bearer'): Promise<string> {
  const record = { claims: { iss: acme.identifier, ...claims } as never, expiresAt: currentClaims().exp * 1000 };
  const verifier = createStoreVerifier({ store: { find: () => record }, issuerName: 'acme', issuer: acme.identifier });
  const api = aProtectedApi([acme], { opaque: [{ verifier, issuer: acme, isOurs: true }] });
  const access = aRealAccess();
  const request = aRequest({ authorization: [`${scheme} ${token}`], headers: { dpop: 'a.b.c' } });
  const cold = await access.decide(api, request, systemClock());
  const warm = await access.decide(api, request, systemClock());
  assert.deepEqual(warm, cold);
  return cold.granted ? 'granted' : cold.rejection.code;
}

for (const [what, cnf] of Object.entries(confirmations)) {
  test(`a token that is bound to ${what} is refused without a proof, and with one that nobody can check`, async () => {
    const claims = { ...currentClaims(), cnf };
    for (const scheme of ['Bearer', 'DPoP']) {
      assert.equal(await codeFor(acme.sign(claims), claims, scheme), 'binding_unsupported');
      assert.equal(await codeFor(generateOpaqueToken(), claims, scheme), 'binding_unsupported');
    }
  });
}

test('the same tokens without `cnf` are good, but not under the scheme of bound ones', async () => {
  const claims = currentClaims();
  assert.equal(await codeFor(acme.sign(claims), claims), 'granted');
  assert.equal(await codeFor(generateOpaqueToken(), claims), 'granted');
  assert.equal(await codeFor(acme.sign(claims), claims, 'DPoP'), 'binding_unsupported');
});
