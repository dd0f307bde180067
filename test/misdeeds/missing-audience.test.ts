import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IssuerOptions, IssuerRegistry, type PresetName, presetNames } from '../../src/issuers/index.ts';
import type { HttpClient } from '../../src/net/index.ts';
import { compilePolicy } from '../../src/policy/index.ts';
import { kindOf } from '../../src/protocol/rejection.ts';
import { aSigningKey, encode, signTexts } from '../fixtures/a-jwt.ts';
import { aProtectedApi, aRealAccess, ordersAudience } from '../fixtures/a-protected-api.ts';
import { aRequest } from '../fixtures/a-request.ts';
import { type DocumentedToken, documentedTokens, withinTheirLife } from '../fixtures/documented-tokens.ts';

/** A token that says for whom it is not must open nothing, whichever provider issued it. */

const standard: DocumentedToken = {
  options: { preset: 'oidc', issuer: 'https://id.example' },
  header: { alg: 'ES256', kid: 'a', typ: 'JWT' },
  payload: { iss: 'https://id.example', sub: 'mira', client_id: 'web', exp: 1_790_003_600 },
  principal: {},
};

/** Where clients are in the tokens of each provider whose JWTs can be verified. */
const tokens: Readonly<Partial<Record<PresetName, readonly [DocumentedToken | undefined, string]>>> = {
  okta: [documentedTokens['Okta, for a user'], 'cid'],
  auth0: [documentedTokens['Auth0, profile of RFC 9068'], 'client_id'],
  cognito: [documentedTokens['Cognito'], 'client_id'],
  adfs: [documentedTokens['AD FS, without kid'], 'appid'],
  'entra-v1': [documentedTokens['Entra ID, version 1.0'], 'appid'],
  'entra-v2': [documentedTokens['Entra ID, version 2.0, for an application'], 'azp'],
  pingfederate: [documentedTokens['PingFederate, scopes in an array, without audience'], 'client_id'],
  pingone: [documentedTokens['PingOne'], 'client_id'],
  keycloak: [documentedTokens['Keycloak'], 'azp'],
  oidc: [standard, 'client_id'],
  oauth: [{ ...standard, options: { ...standard.options, preset: 'oauth' } }, 'client_id'],
};

/** Shows a token of an issuer to an API that asks for nothing but the audience. */
async function said(options: IssuerOptions, { header, payload }: DocumentedToken): Promise<string> {
  const key = aSigningKey(String(header['alg']));
  const { kid: _, ...jwk } = key.jwk;
  const { kid, x5t } = header;
  const published = {
    keys: [{ ...jwk, ...(kid === undefined ? {} : { kid }), ...(x5t === undefined ? {} : { x5t }) }],
  };
  const http: HttpClient = {
    send: () => Promise.reject(),
    close: () => Promise.resolve(),
    getJson: async () => ({
      ok: true,
      value: { value: published as never, response: { status: 200, headers: {}, body: Buffer.alloc(0) } },
    }),
  };
  const clock = (): number => withinTheirLife;
  const registry = new IssuerRegistry({ acme: { ...options, jwksUri: 'https://keys.example' } }, { http, clock });
  const issuers = new Map(registry.all.flatMap((issuer) => issuer.expectation.issuers.map((iss) => [iss, issuer])));
  const api = aProtectedApi([], { issuers, policy: compilePolicy([{ issuers: ['acme'] }]) });
  const token = signTexts(JSON.stringify(header), JSON.stringify(payload), key);
  const request = aRequest({ authorization: [`Bearer ${token}`] });
  const decision = await aRealAccess().decide(api, request, withinTheirLife);
  return decision.granted ? 'granted' : decision.rejection.code;
}

for (const preset of presetNames) {
  const [token, clientClaim] = tokens[preset] ?? [];
  // Google's JWTs are refused whatever they say.
  if (token === undefined || clientClaim === undefined) continue;
  const { clients: _, ...plain } = token.options;
  const client = String(token.payload[clientClaim]);
  const withAudience = (aud: unknown): DocumentedToken => ({ ...token, payload: { ...token.payload, aud } });

  test(`a token of ${preset} that names the API passes, so that it was the audience that counted below`, async () => {
    assert.equal(await said({ ...plain, clients: [client] }, withAudience(ordersAudience)), 'granted');
  });

  for (const [how, options] of [
    ['with nothing configured', plain],
    ['with the client listed, where it is not to stand in', { ...plain, clients: [client], audienceFromClient: false }],
    ['where the client is to stand in and none is listed', { ...plain, audienceFromClient: true }],
  ] as const) {
    test(`a token of ${preset} without an audience is refused ${how}`, async () => {
      for (const aud of [undefined, '']) assert.equal(await said(options, withAudience(aud)), 'claim_missing');
      assert.equal(await said(options, withAudience(null)), 'claim_invalid');
      assert.equal(await said(options, withAudience([])), 'audience_mismatch');
    });
  }

  test(`the client stands in for the audience of ${preset} only where it is listed, and the token names none`, async () => {
    const options = { ...plain, audienceFromClient: true, clients: [client] };
    assert.equal(await said(options, withAudience(undefined)), 'granted');
    assert.equal(await said({ ...options, clients: ['another'] }, withAudience(undefined)), 'client_not_accepted');
    // An ID token is for its client (OpenID Connect Core section 2): that is no audience which is missing.
    for (const aud of [client, [client], [client, 'https://elsewhere.example']]) {
      assert.equal(await said(options, withAudience(aud)), 'audience_mismatch', JSON.stringify(aud));
    }
  });
}

test('a token for which Auth0 was asked without an audience is for Auth0 alone, and the remedy says so', async () => {
  const header = { alg: 'dir', enc: 'A256GCM', iss: 'https://acme-eu.auth0.example/' };
  const token = `${encode(JSON.stringify(header))}..${encode('iv')}.${encode('ciphertext')}.${encode('tag')}`;
  const request = aRequest({ authorization: [`Bearer ${token}`] });
  const decision = await aRealAccess().decide(aProtectedApi([]), request, withinTheirLife);
  assert.ok(!decision.granted);
  assert.equal(decision.rejection.code, 'token_encrypted');
  assert.match(kindOf(decision.rejection).remedy, /audience of this API/);
});
