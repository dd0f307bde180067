/**
 * GHSA-4mq7-pvjg-xp2r (Ory Oathkeeper): a token was looked up in a cache that did not say which server had been asked.
 * Here two issuers know the same token value; for one of them it is good.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpaqueSource } from '../../src/access/index.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createStoreVerifier, generateOpaqueToken, type TokenRecord } from '../../src/opaque/index.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { aRequest } from '../fixtures/a-request.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

function aSource(name: string, subject: string | undefined): OpaqueSource {
  const issuer = anIssuer(name);
  const claims = { ...currentClaims(), iss: issuer.identifier, ...(subject === undefined ? {} : { sub: subject }) };
  const record: TokenRecord = { claims, expiresAt: claims.exp * 1000 };
  const store = { find: () => (subject === undefined ? undefined : record) };
  return {
    verifier: createStoreVerifier({ store, issuerName: name, issuer: issuer.identifier }),
    issuer,
    isOurs: true,
  };
}

const sources = { mira: aSource('first', 'mira'), ada: aSource('second', 'ada'), nobody: aSource('third', undefined) };

test('a token is whatever the issuer of the route says it is, whoever was asked about it before', async () => {
  const access = aRealAccess();
  const request = aRequest({ authorization: [`Bearer ${generateOpaqueToken()}`] });
  const names = Object.keys(sources) as (keyof typeof sources)[];
  for (const name of [...names, ...names.toReversed(), ...names]) {
    const decision = await access.decide(aProtectedApi([], { opaque: [sources[name]] }), request, systemClock());
    assert.equal(decision.principal?.subject ?? 'nobody', name);
    assert.equal(decision.granted, name !== 'nobody');
  }
});
