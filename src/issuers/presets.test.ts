import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aSigningKey, type SigningKey, signTexts } from '../../test/fixtures/a-jwt.ts';
import { type DocumentedToken, documentedTokens, withinTheirLife } from '../../test/fixtures/documented-tokens.ts';
import { documentedVariants } from '../../test/fixtures/documented-variants.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import { decodeJwt, importKeySet, type KeySet, verifyJwt } from '../tokens/index.ts';
import { createIssuer } from './create-issuer.ts';
import { expandTenants } from './expand-tenants.ts';
import type { Issuer } from './issuer.ts';
import type { IssuerOptions } from './issuer-options.ts';
import { planIssuer } from './plan-issuer.ts';
import { unusedKeySource } from './unused-key-source.ts';

type Sample = DocumentedToken;

const samples: Readonly<Record<string, Sample>> = { ...documentedTokens, ...documentedVariants };

function issuerOf(options: IssuerOptions): Issuer {
  const [tenant, ...others] = expandTenants('acme', options);
  assert.ok(tenant !== undefined && others.length === 0);
  return createIssuer(planIssuer('acme', tenant), unusedKeySource);
}

/** A key that answers to the names that the sample's header uses. */
function keyFor(header: Sample['header']): { key: SigningKey; keySet: KeySet } {
  const key = aSigningKey(String(header['alg']));
  const { kid: _, ...jwk } = key.jwk;
  const { kid, x5t } = header;
  const named = { ...jwk, ...(kid === undefined ? {} : { kid }), ...(x5t === undefined ? {} : { x5t }) };
  return { key, keySet: importKeySet({ keys: [named] }).keySet };
}

function present({ options, header, payload }: Omit<Sample, 'principal'>): Verdict<Principal> {
  const issuer = issuerOf(options);
  const { key, keySet } = keyFor(header);
  const decoded = decodeJwt(signTexts(JSON.stringify(header), JSON.stringify(payload), key), 16_384);
  assert.ok(decoded.ok);
  const verified = verifyJwt(decoded.value, issuer.expectation, keySet, withinTheirLife);
  return verified.ok ? issuer.principalOf(verified.value) : verified;
}

function refusalOf(sample: Omit<Sample, 'principal'>): readonly [string, unknown] {
  const verdict = present(sample);
  assert.equal(verdict.ok, false);
  return [verdict.rejection.code, verdict.rejection.facts['claim']];
}

function sample(name: string): Sample {
  const found = samples[name];
  assert.ok(found !== undefined);
  return found;
}

for (const [name, { principal, ...token }] of Object.entries(samples)) {
  test(`a documented token is read as its provider means it: ${name}`, () => {
    const verdict = present(token);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    for (const [member, expected] of Object.entries(principal)) {
      assert.deepEqual(structuredClone(verdict.value[member as keyof Principal]), expected, member);
    }
  });

  test(`a letter more or less in the issuer is another issuer: ${name}`, () => {
    const iss = String(token.payload['iss']);
    for (const other of [`${iss}/`, iss.replace(/\/$/, ''), iss.toUpperCase(), iss.replace('https:', 'http:')]) {
      if (other === iss) continue;
      assert.deepEqual(refusalOf({ ...token, payload: { ...token.payload, iss: other } }), ['claim_invalid', 'iss']);
    }
  });

  test(`a token without audience and without a listed client is refused: ${name}`, () => {
    const { clients: _, ...options } = token.options;
    const { aud: __, ...payload } = token.payload;
    assert.deepEqual(refusalOf({ ...token, options, payload }), ['claim_missing', 'aud']);
  });

  test(`a token of a client that is not listed is refused: ${name}`, () => {
    const options = { ...token.options, clients: ['another-client'] };
    assert.deepEqual(refusalOf({ ...token, options }), ['client_not_accepted', undefined]);
  });

  test(`an ID token of the same issuer is refused: ${name}`, () => {
    const payload = { ...token.payload, nonce: 'n-0S6_WzA2Mj' };
    assert.deepEqual(refusalOf({ ...token, payload }), ['not_an_access_token', 'nonce']);
  });
}

const withoutClient: Readonly<Record<string, string>> = {
  'Okta, for a user': 'cid',
  'Auth0, profile of RFC 9068': 'client_id',
  Cognito: 'client_id',
  'AD FS, without kid': 'appid',
  'Entra ID, version 1.0': 'appid',
  'Entra ID, version 2.0, for an application': 'azp',
  PingOne: 'client_id',
  Keycloak: 'azp',
};

for (const [name, claim] of Object.entries(withoutClient)) {
  test(`what lacks the client is no access token, and the claims that are there are named: ${name}`, () => {
    const { [claim]: _, ...payload } = sample(name).payload;
    const verdict = present({ ...sample(name), payload });
    assert.equal(verdict.ok, false);
    const { code, facts } = verdict.rejection;
    assert.deepEqual([code, facts['claim'], facts['present']], ['claim_missing', 'client', Object.keys(payload)]);
  });
}

test('ID tokens that say what they are in the payload are refused', () => {
  const cognito = sample('Cognito');
  const idToken = { ...cognito.payload, token_use: 'id', aud: '4n7k2q9v1t5r8m3x6z0p2w4y6b' };
  assert.deepEqual(refusalOf({ ...cognito, payload: idToken }), ['not_an_access_token', 'token_use']);
  const keycloak = sample('Keycloak');
  for (const typ of ['ID', 'Refresh', 'Offline', 'bearer']) {
    const payload = { ...keycloak.payload, typ };
    assert.deepEqual(refusalOf({ ...keycloak, payload }), ['not_an_access_token', 'typ']);
  }
});

test('logout tokens, proofs and events are refused by their type, whichever provider sends them', () => {
  for (const token of Object.values(samples)) {
    for (const typ of ['logout+jwt', 'secevent+jwt', 'dpop+jwt', 'global-token-revocation+jwt', 'id_token']) {
      assert.equal(refusalOf({ ...token, header: { ...token.header, typ } })[0], 'token_type_not_accepted');
    }
  }
});

test('a token of one version of Entra ID is none of the other', () => {
  const v2 = sample('Entra ID, version 2.0, for an application');
  assert.deepEqual(refusalOf({ ...v2, payload: { ...v2.payload, ver: '1.0' } }), ['claim_invalid', 'ver']);
});

test('the tenant in an Entra ID token is the one of its issuer', () => {
  for (const name of ['Entra ID, version 1.0', 'Entra ID, version 2.0, for an application']) {
    const token = sample(name);
    const payload = { ...token.payload, tid: '9188040d-6c67-4c5b-b112-36a304b66dad' };
    assert.deepEqual(refusalOf({ ...token, payload }), ['claim_invalid', 'tid']);
  }
});

test('too many groups for an Entra ID token means that they are unknown', () => {
  const token = sample('Entra ID, version 1.0');
  const elsewhere = {
    _claim_names: { groups: 'src1' },
    _claim_sources: { src1: { endpoint: 'https://graph.example' } },
  };
  for (const overage of [elsewhere, { hasgroups: true }, { ...elsewhere, groups: ['a'] }]) {
    const verdict = present({ ...token, payload: { ...token.payload, ...overage } });
    assert.ok(verdict.ok);
    assert.equal(verdict.value.groups, 'unknown');
  }
});

test('a Cognito token that was asked for with a resource has an audience, and its client is checked as well', () => {
  const token = sample('Cognito');
  const payload = { ...token.payload, aud: 'https://api.acme.example' };
  const verdict = present({ ...token, payload });
  assert.ok(verdict.ok);
  assert.deepEqual(verdict.value.audiences, ['https://api.acme.example']);
});

test('a lightweight token of Keycloak has no audience of itself, and is refused for that', () => {
  const token = sample('Keycloak, lightweight, with an audience that was put into it');
  const { aud: _, ...payload } = token.payload;
  assert.deepEqual(refusalOf({ ...token, payload }), ['claim_missing', 'aud']);
});

test('the keys of a realm that encrypt are passed over, and a key of AD FS answers to its thumbprint', () => {
  const { jwk } = aSigningKey('RS256', 'realm');
  const published = { ...jwk, x5c: ['MIIC'], 'x5t#S256': 'Yk1', x5t: 'Zr9dTn2HsY7pWm1cE4uGjAf8oKi' };
  const { keySet, skipped } = importKeySet({
    keys: [
      { ...published, alg: 'RS256', use: 'sig' },
      { ...published, kid: 'enc', alg: 'RSA-OAEP', use: 'enc' },
    ],
  });
  assert.deepEqual(skipped, [{ index: 1, kid: 'enc', reason: 'not_for_signatures' }]);
  assert.equal(keySet.byThumbprint('Zr9dTn2HsY7pWm1cE4uGjAf8oKi').length, 1);
});

test('the old key and the new one both answer while AD FS rolls its certificate over', () => {
  const { options, header, payload } = sample('AD FS, without kid');
  const [primary, secondary] = [aSigningKey('RS256', 'primary'), aSigningKey('RS256', 'secondary')];
  const { keySet } = importKeySet({
    keys: [
      { ...primary.jwk, x5t: 'primary-thumbprint' },
      { ...secondary.jwk, x5t: 'secondary-thumbprint' },
    ],
  });
  const issuer = issuerOf(options);
  for (const [key, x5t] of [
    [primary, 'primary-thumbprint'],
    [secondary, 'secondary-thumbprint'],
  ] as const) {
    const decoded = decodeJwt(signTexts(JSON.stringify({ ...header, x5t }), JSON.stringify(payload), key), 16_384);
    assert.ok(decoded.ok && verifyJwt(decoded.value, issuer.expectation, keySet, withinTheirLife).ok);
  }
});

test('a role of one client never looks like a role of the realm or of another client', () => {
  const token = sample('Keycloak');
  const payload = {
    ...token.payload,
    realm_access: { roles: ['admin'] },
    resource_access: { 'my.client': { roles: ['admin'] }, 'a:b': { roles: ['c'] }, a: { roles: ['b:c'] } },
  };
  const verdict = present({ ...token, payload });
  assert.ok(verdict.ok);
  assert.deepEqual(verdict.value.roles, ['admin', 'my.client:admin', 'a%3Ab:c', 'a:b:c']);
});

test('a claim with dots in its name is found by an array of names', () => {
  const token = sample('Keycloak');
  const options = { ...token.options, claims: { roles: [['resource_access', 'my.client', 'roles']] } } as const;
  const payload = { ...token.payload, resource_access: { 'my.client': { roles: ['admin'] } } };
  const verdict = present({ ...token, options, payload });
  assert.ok(verdict.ok);
  assert.deepEqual(verdict.value.roles, ['admin']);
});

test("Okta's org server and Google are refused for their own reasons, before any key is sought", (t: TestContext) => {
  const org = issuerOf({ preset: 'okta', issuer: 'https://acme.okta.example' });
  t.assert.equal(org.refusal?.code, 'issuer_not_verifiable');
  t.assert.match(String(org.refusal?.facts['reason']), /org authorization server/);
  const google = issuerOf({ preset: 'google', issuer: 'https://accounts.google.com' });
  t.assert.equal(google.refusal?.code, 'issuer_not_verifiable');
  t.assert.deepEqual(google.expectation.issuers, ['https://accounts.google.com', 'accounts.google.com']);
  t.assert.equal(issuerOf(sample('Okta, for a user').options).refusal, undefined);
});

test("Google's access tokens are for your applications, and for nobody else's", () => {
  const client = '481516234200-k2q9v1t5r8m3.apps.googleusercontent.com';
  const claims = {
    azp: client,
    aud: client,
    sub: '104729384756102938475',
    scope: 'openid https://www.googleapis.com/auth/userinfo.email',
    exp: 1790003600,
    email: 'mira.tan@gmail.example',
  };
  const facts = { kind: 'opaque', hash: 'h', header: undefined, claims, keyId: undefined } as const;
  const token = { ...facts, expiresAt: claims.exp * 1000, freshUntil: undefined } as unknown as VerifiedToken;
  const ours = issuerOf({ preset: 'google', issuer: 'https://accounts.google.com', clients: [client] });
  assert.ok(ours.clientStandsIn(claims));
  const verdict = ours.principalOf(token);
  assert.ok(verdict.ok, JSON.stringify(verdict));
  const { subject, client: caller, audiences, scopes } = verdict.value;
  assert.deepEqual([subject, caller, audiences], [claims.sub, client, [client]]);
  assert.ok(scopes.has('https://www.googleapis.com/auth/userinfo.email'));
  const others = issuerOf({ preset: 'google', issuer: 'https://accounts.google.com', clients: ['another'] });
  const refused = others.principalOf(token);
  assert.equal(!refused.ok && refused.rejection.code, 'client_not_accepted');
  const anybody = issuerOf({ preset: 'google', issuer: 'https://accounts.google.com' }).principalOf(token);
  assert.equal(!anybody.ok && anybody.rejection.code, 'claim_missing');
});

test('any standard provider works with the presets of the standards', () => {
  const header = { alg: 'ES256', kid: 'a', typ: 'application/at+JWT' };
  const payload = {
    iss: 'https://id.example',
    sub: 'mira',
    aud: 'https://api.example',
    client_id: 'web',
    scope: 'a b',
    roles: 'clerk',
    exp: 1790003600,
  };
  for (const preset of ['oidc', 'oauth'] as const) {
    const verdict = present({ options: { preset, issuer: 'https://id.example' }, header, payload });
    assert.ok(verdict.ok, JSON.stringify(verdict));
    const { subject, client, audiences, scopes, roles } = verdict.value;
    assert.deepEqual(
      { subject, client, audiences, scopes: [...scopes], roles },
      { subject: 'mira', client: 'web', audiences: ['https://api.example'], scopes: ['a', 'b'], roles: ['clerk'] },
    );
  }
});
