import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aGateway, anApi } from '../fixtures/a-gateway.ts';
import { aJwt, aSigningKey, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { serve } from '../fixtures/a-server.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

/** Tokens of one realm opened the routes of another on the same host: CVE-2025-46647. */
const realm = { issuers: ['https://id.example/realms/acme'] };
const acme = aSigningKey('ES256', 'acme');
const other = aSigningKey('ES256', 'other');

test('a token of another realm is refused even where both sign with the same key', () => {
  for (const iss of ['https://id.example/realms/other', 'https://id.example/realms/acme/', 'https://id.example']) {
    const verdict = verify(aJwt(acme, { iss }), keySetOf(acme), realm);
    assert.equal(outcome(verdict), 'claim_invalid', iss);
  }
  assert.equal(outcome(verify(aJwt(acme, { iss: realm.issuers[0] }), keySetOf(acme), realm)), 'accepted');
});

test('a token that names this realm is refused under the key of another', () => {
  const token = aJwt(other, { iss: realm.issuers[0] });
  assert.equal(outcome(verify(token, keySetOf(acme), realm)), 'key_unknown');
  const renamed = aJwt(other, { iss: realm.issuers[0] }, { kid: acme.kid });
  assert.equal(outcome(verify(renamed, keySetOf(acme), realm)), 'signature_invalid');
});

test('of two realms on one host, each opens its own route and no other, in whatever order they are tried', async (t) => {
  const upstream = await serve(t, (_, response) => response.end());
  const realms = ['acme', 'other'].map((name) => anIssuer(name, `https://id.example/realms/${name}`));
  const apis = realms.map((issuer) =>
    anApi(upstream, { route: { path: `/${issuer.name}` }, protected: aProtectedApi([issuer], { name: issuer.name }) }),
  );
  const { origin } = await aGateway(t, apis, { access: aRealAccess() });
  const tokens = realms.map((issuer) => ({ issuer, token: issuer.sign(currentClaims()) }));
  for (const route of [...realms, ...realms.toReversed()]) {
    for (const { issuer, token } of tokens) {
      const { status } = await fetch(`${origin}/${route.name}`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(status, issuer === route ? 200 : 401, `${issuer.name} at ${route.name}`);
    }
  }
});
