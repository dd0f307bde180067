/**
 * A policy that compares a header with a claim (docs/policy.md) judges what the upstream will read, or it judges
 * nothing: a client that sends the header twice, under another spelling, as a field of the connection, or as one that
 * only the gateway may say, must not have the one read here and the other there.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { compilePolicy } from '../../src/policy/index.ts';
import { aGateway, anApi, sendRaw } from '../fixtures/a-gateway.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { serve } from '../fixtures/a-server.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

const acme = anIssuer('acme');
const token = acme.sign({ ...currentClaims(), tenant: 'own' });

/** @returns the status line, for a client of the tenant `own` who sends these lines */
async function statusFor(t: TestContext, when: string, lines: readonly string[], trusted = false): Promise<string> {
  const upstream = await serve(t, (_, response) => response.end());
  const api = anApi(upstream, { protected: aProtectedApi([acme], { policy: compilePolicy([{ when }]) }) });
  const trustedProxies = trusted ? ['127.0.0.1'] : [];
  const { port } = await aGateway(t, [api], { access: aRealAccess(), trustedProxies });
  const head = ['GET / HTTP/1.1', 'Host: h', 'Connection: close', `Authorization: Bearer ${token}`, ...lines];
  return (await sendRaw(port, `${head.join('\r\n')}\r\n\r\n`)).slice(9, 12);
}

const ownTenant = 'principal.claims.tenant == request.headers["X-Tenant"]';

for (const [what, lines, status] of [
  ['the tenant of the token', ['X-Tenant: own'], '200'],
  ['another tenant', ['X-Tenant: victim'], '403'],
  ['no tenant', [], '403'],
  ['the own tenant, and then another', ['X-Tenant: own', 'X-Tenant: victim'], '403'],
  ['another tenant, and then the own', ['X-Tenant: victim', 'X-Tenant: own'], '403'],
  ['another one in another case', ['X-Tenant: own', 'x-tenant: victim'], '403'],
  ['another one with an underscore', ['X-Tenant: own', 'X_Tenant: victim'], '403'],
  ['another one with a dot', ['X-Tenant: own', 'X.Tenant: victim'], '403'],
  ['the own one with an underscore alone', ['X_Tenant: own'], '403'],
  ['a tenant that the upstream is not told', ['X-Tenant: own', 'Connection: x-tenant'], '403'],
] as const) {
  test(`a policy on a header answers ${status} to ${what}`, async (t) => {
    assert.equal(await statusFor(t, ownTenant, lines), status);
  });
}

for (const [name, value] of [
  ['X-Forwarded-For', '10.0.0.1'],
  ['X-Real-IP', '10.0.0.1'],
  ['Forwarded', 'for=10.0.0.1'],
] as const) {
  test(`${name} counts in a policy if a trusted proxy sends it, and not if a client does`, async (t) => {
    const when = `request.headers["${name}"] == "${value}"`;
    assert.equal(await statusFor(t, when, [`${name}: ${value}`]), '403');
    assert.equal(await statusFor(t, when, [`${name}: ${value}`], true), '200');
  });
}

for (const name of ['Gatehouse-Subject', 'X-Original-URL', 'X-HTTP-Method-Override', 'DPoP', 'Proxy-Authorization']) {
  test(`${name} is nothing that a policy could be told`, async (t) => {
    assert.equal(await statusFor(t, `request.headers["${name}"] == "x"`, [`${name}: x`], true), '403');
  });
}
