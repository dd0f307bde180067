import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, keySetOf, type SigningKey } from '../../test/fixtures/a-jwt.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import type { Issuer } from '../issuers/index.ts';
import type { KeySet } from '../tokens/index.ts';

const [old, successor] = [aSigningKey('ES256', 'old'), aSigningKey('RS256', 'successor')];

/** An issuer that has put another key in place of its own, which is not known yet. */
function anIssuerThatRotated(): { issuer: Issuer; refreshes: () => number } {
  const acme = anIssuer('acme');
  let refreshes = 0;
  let known = keySetOf(old);
  const refresh = async (): Promise<KeySet> => {
    refreshes++;
    known = keySetOf(successor);
    return known;
  };
  const keys = { ...acme.keys, current: () => known, refresh };
  const expectation = { ...acme.expectation, algorithms: ['ES256', 'RS256'] as const };
  return { issuer: { ...acme, keys, expectation }, refreshes: () => refreshes };
}

async function said(issuer: Issuer, key: SigningKey, header: Readonly<Record<string, unknown>>): Promise<string> {
  const token = aJwt(key, { iss: issuer.identifier, ...currentClaims() }, header);
  const request = aRequest({ authorization: [`Bearer ${token}`] });
  const decision = await aRealAccess().decide(aProtectedApi([issuer]), request, Date.now());
  return decision.granted ? 'granted' : decision.rejection.code;
}

test('a token that names no key is looked for among new ones, also where none at hand fits its algorithm', async () => {
  for (const header of [{ kid: undefined }, { kid: undefined, x5t: 'unknown' }]) {
    const { issuer, refreshes } = anIssuerThatRotated();
    const code = await said(issuer, successor, header);
    assert.equal(code, 'x5t' in header ? 'key_unknown' : 'granted');
    assert.equal(refreshes(), 1);
  }
});

test('a key that is known and does not fit is the last word on a token that names it', async () => {
  const { issuer, refreshes } = anIssuerThatRotated();
  assert.equal(await said(issuer, successor, { kid: 'old' }), 'key_unfit');
  assert.equal(refreshes(), 0);
});
