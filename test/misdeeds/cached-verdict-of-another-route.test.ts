/**
 * A token that one route had let in was taken from the cache by a route that asks for more: CVE-2021-32701 (Ory
 * Oathkeeper, scope), heimdall#3444 and #3452 (assertions), lua-resty-openidc#399 (a lax configuration primed a strict
 * one). Each route here is primed by each other, and decides as it would have without.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ProtectedApi } from '../../src/access/index.ts';
import { sha256Hex } from '../../src/base/sha256.ts';
import { createStoreVerifier, generateOpaqueToken } from '../../src/opaque/index.ts';
import { compilePolicy } from '../../src/policy/index.ts';
import { aGateway, anApi, type RunningGateway } from '../fixtures/a-gateway.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { serve } from '../fixtures/a-server.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

const acme = anIssuer('acme');
const namesake = anIssuer('namesake', acme.identifier);
const strict = { ...acme, expectation: { ...acme.expectation, algorithms: ['RS256'] as const } };
const typed = { ...acme, expectation: { ...acme.expectation, types: ['at+jwt'] } };
const shortLived = { ...acme, expectation: { ...acme.expectation, maxLifetimeSeconds: 60 } };

const claims = { ...currentClaims(), iss: acme.identifier, acr: 'password' };
const opaqueToken = generateOpaqueToken();
const record = { claims, expiresAt: claims.exp * 1000 };
const store = { find: (hash: string) => (hash === sha256Hex(opaqueToken) ? record : undefined) };
const verifier = createStoreVerifier({ store, issuerName: 'acme', issuer: acme.identifier });
const others = createStoreVerifier({
  store: { find: () => undefined },
  issuerName: 'other',
  issuer: 'https://o.example',
});

const ruled = (rule: Parameters<typeof compilePolicy>[0][number]): Partial<ProtectedApi> => ({
  policy: compilePolicy([rule]),
});

/** What a route asks, and how it answers the JWT and the opaque token. */
const routes: Readonly<Record<string, readonly [Partial<ProtectedApi>, string, string]>> = {
  open: [ruled({}), '200', '200'],
  scope: [ruled({ scopes: ['orders:write'] }), 'scope_insufficient', 'scope_insufficient'],
  aud: [{ audiences: ['https://api.example.com/ledger'] }, 'audience_mismatch', 'audience_mismatch'],
  acr: [ruled({ when: 'principal.claims.acr == "mfa"' }), 'condition_false', 'condition_false'],
  amr: [ruled({ when: 'principal.claims.amr == "mfa"' }), 'condition_failed', 'condition_failed'],
  role: [ruled({ roles: ['clerk'] }), 'role_missing', 'role_missing'],
  group: [ruled({ groups: ['staff'] }), 'group_missing', 'group_missing'],
  client: [ruled({ clients: ['batch'] }), 'caller_not_allowed', 'caller_not_allowed'],
  method: [ruled({ methods: ['POST'] }), 'rule_missing', 'rule_missing'],
  nobody: [{ issuers: new Map(), opaque: [] }, 'issuer_not_accepted', 'token_unrecognised'],
  namesake: [accepting(namesake, others), 'key_unknown', 'token_inactive'],
  algorithm: [accepting(strict, verifier), 'algorithm_not_allowed', '200'],
  type: [accepting(typed, verifier), 'token_type_not_accepted', '200'],
  lifetime: [accepting(shortLived, verifier), 'lifetime_too_long', '200'],
};

function accepting(issuer: typeof acme, asked: typeof verifier): Partial<ProtectedApi> {
  return { issuers: new Map([[issuer.identifier, issuer]]), opaque: [{ verifier: asked, issuer, isOurs: true }] };
}

async function everyRoute(t: TestContext): Promise<RunningGateway> {
  const upstream = await serve(t, (_, response) => response.end());
  const apis = Object.entries(routes).map(([name, [facts]]) => {
    const opaque = [{ verifier, issuer: acme, isOurs: true }];
    return anApi(upstream, {
      route: { path: `/${name}` },
      protected: aProtectedApi([acme], { name, opaque, ...facts }),
    });
  });
  return aGateway(t, apis, { access: aRealAccess() });
}

async function ask({ origin }: RunningGateway, route: string, authorization: string): Promise<string> {
  const response = await fetch(`${origin}/${route}`, { headers: { authorization } });
  const text = await response.text();
  return response.ok ? String(response.status) : (JSON.parse(text) as { code: string }).code;
}

for (const [kind, token, at] of [
  ['a JWT', acme.sign(claims), 1],
  ['an opaque token', opaqueToken, 2],
] as const) {
  test(`each route says the same of ${kind}, whichever route has seen it before`, async (t) => {
    const gateway = await everyRoute(t);
    for (const primed of Object.keys(routes)) {
      for (const [route, expected] of Object.entries(routes)) {
        await ask(gateway, primed, `Bearer ${token}`);
        assert.equal(await ask(gateway, route, `Bearer ${token}`), expected[at], `${route} after ${primed}`);
      }
    }
  });

  test(`${kind} that was let in as a bearer token is not let in as one that is bound to a key`, async (t) => {
    const gateway = await everyRoute(t);
    assert.equal(await ask(gateway, 'open', `Bearer ${token}`), '200');
    assert.equal(await ask(gateway, 'open', `DPoP ${token}`), 'binding_unsupported');
    assert.equal(await ask(gateway, 'open', `Bearer ${token}`), '200');
  });
}
