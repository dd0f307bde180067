/**
 * CVE-2022-29266 (Apache APISIX): the refusal of a token quoted the key that it was checked against. Of all forged
 * tokens here, neither what the client is told nor what the operator is told holds key material, and the client learns
 * nothing of what the token claims.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeySource } from '../../src/issuers/index.ts';
import { refusalResponse } from '../../src/protocol/refusal-response.ts';
import { expectation, now, ordinaryClaims } from '../fixtures/a-jwt.ts';
import { aProtectedApi, aRealAccess } from '../fixtures/a-protected-api.ts';
import { aRequest } from '../fixtures/a-request.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';
import { forgeries } from './forged-tokens/all.ts';
import { issuerKeySet, issuerKeys } from './forged-tokens/forgery.ts';

const keys: Pick<KeySource, 'current' | 'refresh'> = {
  current: () => issuerKeySet,
  refresh: () => Promise.resolve(issuerKeySet),
};
const issuer = anIssuer('issuer', ordinaryClaims.iss);
const api = aProtectedApi([{ ...issuer, expectation, keys: { ...issuer.keys, ...keys } }]);

/** Every form in which a key of the issuer might be quoted, or enough of it to tell. */
const keyMaterial = issuerKeys.flatMap(({ privateKey, publicKey }) => {
  const { kty: _, crv: __, e: ___, ...numbers } = privateKey.export({ format: 'jwk' }) as Record<string, string>;
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const texts = [...Object.values(numbers), der.toString('base64').slice(-40), der.toString('hex').slice(-40)];
  return texts.map((text) => text.slice(0, 40));
});

for (const [kind, rows] of Object.entries(forgeries)) {
  test(`what is said of forged tokens (${kind}) holds no key, and to the client no claim`, async () => {
    const access = aRealAccess();
    for (const { name, token } of rows) {
      const bearer = token();
      const decision = await access.decide(api, aRequest({ authorization: [`Bearer ${bearer}`] }), now);
      assert.ok(!decision.granted, name);
      const told = JSON.stringify(refusalResponse(decision.rejection, 'id', 'gatehouse'));
      const said = told + JSON.stringify(decision.rejection.facts);
      for (const text of keyMaterial) assert.ok(!said.includes(text), `${name}: ${text}`);
      for (const value of Object.values(ordinaryClaims)) assert.ok(!told.includes(String(value)), `${name}: ${value}`);
      for (const part of bearer.slice(0, 20_000).match(/[\w-]{40,}/g) ?? []) {
        assert.ok(!said.includes(part), `${name}: a part of the token`);
      }
    }
  });
}
