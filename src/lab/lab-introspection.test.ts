import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { systemClock } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { parseConfig } from '../config/index.ts';
import { introspectionOptions } from '../config/introspection-options.ts';
import { type Issuer, IssuerRegistry } from '../issuers/index.ts';
import { createHttpClient, type HttpClient } from '../net/index.ts';
import { createIntrospectionVerifier, type IntrospectionVerifier } from '../opaque/index.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Verdict } from '../protocol/verdict.ts';
import { labClient } from './lab-client.ts';
import type { LabIssuer } from './lab-issuer.ts';
import { configOf, labPage, nameOf } from './lab-page.ts';
import { type Lab, startLab } from './start-lab.ts';

let lab: Lab;

before(async () => {
  lab = await startLab({ listen: { host: '127.0.0.1', port: 0 } });
});

after(() => lab.close());

const names = ['standard', 'okta', 'auth0', 'cognito', 'adfs', 'entra-v1', 'entra-v2', 'pingfederate', 'pingone'];
const all = [...names, 'google', 'keycloak'];

/** A whole configuration with what the lab prints, and an API that takes all of it. */
function configWith(issuers: string, accept: readonly string[]): string {
  return `issuers:\n${issuers}
store: sqlite:./x.db
apis:
  orders:
    audience: https://orders.example
    route: { path: /orders }
    upstream: http://127.0.0.1:9000
    accept: [${accept.join(', ')}]
    introspection: { ask: in-order }
    rules: [{ scopes: [read] }]
    forward: { identity: headers }
`;
}

interface Asked {
  readonly issuer: Issuer;
  readonly verifier: IntrospectionVerifier;
}

/** As Gatehouse asks, configured as the lab says. */
function configured(http: HttpClient, labIssuer: LabIssuer, t: TestContext): Asked {
  const text = configWith(configOf(labIssuer), [nameOf(labIssuer)]);
  const outcome = parseConfig(text, { path: 'gatehouse.yaml', env: {} });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const [config] = outcome.config.issuers;
  assert.ok(config?.issuer !== undefined);
  const { preset, issuer: identifier, clients } = config;
  const options = { preset, issuer: identifier, ...(clients && { clients }) };
  const registry = new IssuerRegistry({ acme: options }, { http, clock: systemClock });
  t.after(() => registry.stop());
  const [issuer] = registry.named('acme');
  assert.ok(issuer !== undefined);
  const asking = introspectionOptions(config, issuer);
  assert.ok(asking !== undefined);
  return {
    issuer,
    verifier: createIntrospectionVerifier({ ...asking, cache: 0, negativeCache: 0 }, { http, clock: systemClock }),
  };
}

async function ask({ issuer, verifier }: Asked, token: string): Promise<Verdict<Principal>> {
  const verdict = await verifier.verify(token, sha256Hex(token), systemClock(), 0);
  return verdict.ok ? issuer.principalOf(verdict.value) : verdict;
}

function httpClient(t: TestContext): HttpClient {
  const http = createHttpClient({ timeout: 500 });
  t.after(() => http.close());
  return http;
}

function post(url: string, form: Record<string, string>, authorization?: string): Promise<Response> {
  const headers = authorization === undefined ? {} : { authorization };
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
}

const basic = `Basic ${Buffer.from(`${labClient.id}:${labClient.secret}`).toString('base64')}`;
const form = { sub: 'mira', scope: 'read write', audience: 'https://orders.example', format: 'opaque' };

for (const name of all) {
  test(`an opaque token passes by introspection as the lab says to configure it, until it is revoked: ${name}`, async (t) => {
    const labIssuer = lab.issuer(name);
    const asked = configured(httpClient(t), labIssuer, t);
    const answer = await (await post(labIssuer.endpoint('token'), form)).json();
    const token = String((answer as Record<string, unknown>)['access_token']);
    assert.notEqual(token.split('.').length, 3);
    const verdict = await ask(asked, token);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    assert.equal(verdict.value.client, 'lab-client');
    assert.deepEqual([...verdict.value.scopes], ['read', 'write']);

    assert.equal((await post(labIssuer.endpoint('revocation'), { token }, basic)).status, 200);
    const revoked = await ask(asked, token);
    assert.equal(revoked.ok ? 'active' : revoked.rejection.code, 'token_inactive');
  });
}

test('whoever does not authenticate learns nothing and revokes nothing, but for tokeninfo', async () => {
  for (const name of all.filter((other) => other !== 'google')) {
    const labIssuer = lab.issuer(name);
    const token = await labIssuer.mint({ format: 'opaque', audiences: ['a'] });
    for (const endpoint of ['introspection', 'revocation'] as const) {
      const answer = await post(labIssuer.endpoint(endpoint), { token }, 'Basic Z2F0ZTp3cm9uZw==');
      assert.equal(answer.status, 401, name);
      assert.ok(answer.headers.get('www-authenticate')?.startsWith('Basic'));
    }
    assert.ok(labIssuer.introspect(token) !== undefined);
  }
});

test('tokeninfo is asked by form, query or header, writes numbers as texts, and answers 400 for the unknown', async () => {
  const labIssuer = lab.issuer('google');
  const token = await labIssuer.mint({ scopes: ['openid'], lifetimeSeconds: 100 });
  assert.match(token, /^ya29\./);
  const url = labIssuer.endpoint('introspection');
  const answers = [
    await post(url, { access_token: token }),
    await fetch(`${url}?access_token=${token}`),
    await fetch(url, { headers: { authorization: `Bearer ${token}` } }),
  ];
  for (const answer of answers) {
    const { aud, exp, expires_in, email_verified } = (await answer.json()) as Record<string, string>;
    assert.deepEqual([answer.status, aud, email_verified], [200, 'lab-client', 'true']);
    assert.match(`${exp} ${expires_in}`, /^\d{10} (9\d|100)$/);
  }
  const unknown = await post(url, { access_token: 'ya29.unknown' });
  assert.deepEqual(
    [unknown.status, await unknown.json()],
    [400, { error: 'invalid_token', error_description: 'Invalid Value' }],
  );
});

test('an expired token is not active any more, and a JWT is introspected like any other', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const labIssuer = lab.issuer('okta');
  const token = await labIssuer.mint({ audiences: ['a'], lifetimeSeconds: 60 });
  assert.equal(labIssuer.introspect(token)?.['token_type'], 'Bearer');
  t.mock.timers.tick(60_000);
  assert.equal(labIssuer.introspect(token), undefined);
});

test('Auth0 issues an opaque token to whoever names no audience, Google always does', async () => {
  const formOf = (token: string): number => token.split('.').length;
  assert.equal(formOf(await lab.issuer('auth0').mint({ audiences: ['a'] })), 3);
  assert.equal(formOf(await lab.issuer('auth0').mint()), 1);
  assert.equal(formOf(await lab.issuer('google').mint({ audiences: ['a'] })), 2);
  assert.equal(formOf(await lab.issuer('google').mint({ format: 'jwt' })), 3);
});

test('an issuer is broken and mended over HTTP, introspection included', async (t) => {
  const labIssuer = lab.issuer('keycloak');
  const asked = configured(httpClient(t), labIssuer, t);
  const token = await labIssuer.mint({ format: 'opaque', audiences: ['a'], scopes: ['read'] });
  for (const fault of ['down', 'slow', 'error', 'html']) {
    assert.equal((await post(labIssuer.below('/break'), { fault })).status, 200);
    const verdict = await ask(configured(httpClient(t), labIssuer, t), token);
    assert.equal(verdict.ok ? 'active' : verdict.rejection.code, 'issuer_unavailable', fault);
  }
  assert.equal((await post(labIssuer.below('/break'), { fault: 'sideways' })).status, 400);
  assert.equal((await post(labIssuer.below('/break'), { fault: 'none' })).status, 200);
  assert.equal((await ask(asked, token)).ok, true);
});

test('all that the lab prints for a configuration passes the check together', () => {
  const [, yaml = ''] = /\nissuers:\n([\s\S]*?)\n\n/.exec(labPage(lab.issuers)) ?? [];
  const [, accept = ''] = /accept: \[(.*)\]/.exec(labPage(lab.issuers)) ?? [];
  assert.equal(accept.split(', ').length, all.length);
  const outcome = parseConfig(configWith(yaml, [accept]), { path: 'gatehouse.yaml', env: {} });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  assert.equal(outcome.config.issuers.length, all.length);
});
