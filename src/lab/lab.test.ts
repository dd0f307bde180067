import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { systemClock } from '../base/clock.ts';
import { guessPreset } from '../issuers/guess-preset.ts';
import { type Issuer, IssuerRegistry } from '../issuers/index.ts';
import { createHttpClient } from '../net/index.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Verdict } from '../protocol/verdict.ts';
import { decodeJwt, verifyJwt } from '../tokens/index.ts';
import type { LabIssuer } from './lab-issuer.ts';
import { type Lab, startLab } from './start-lab.ts';

let lab: Lab;

before(async () => {
  lab = await startLab({ listen: { host: '127.0.0.1', port: 0 } });
});

after(() => lab.close());

const names = [
  'standard',
  'okta',
  'auth0',
  'cognito',
  'adfs',
  'entra-v1',
  'entra-v2',
  'pingfederate',
  'pingone',
  'google',
  'keycloak',
];

/** Google signs no access tokens. */
const signing = names.filter((name) => name !== 'google');

function issuerFor(t: TestContext, { shape, identifier }: LabIssuer): Issuer {
  const http = createHttpClient({ timeout: 200 });
  const options = { preset: shape.preset, issuer: identifier, clients: ['orders-web'] };
  const registry = new IssuerRegistry({ acme: options }, { http, clock: systemClock });
  t.after(() => http.close());
  t.after(() => registry.stop());
  registry.start();
  const [issuer] = registry.named('acme');
  assert.ok(issuer !== undefined);
  return issuer;
}

/** As the gateway does: with the keys at hand, and with fresh ones only if these do not do. */
async function present(token: string, issuer: Issuer): Promise<Verdict<Principal> | 'keys_unavailable'> {
  const decoded = decodeJwt(token, 16_384);
  assert.ok(decoded.ok);
  const jwt = decoded.value;
  const known = issuer.keys.current();
  const first = known === undefined ? undefined : verifyJwt(jwt, issuer.expectation, known, Date.now());
  const again = first === undefined || (!first.ok && first.rejection.code === 'key_unknown');
  const keySet = again ? await issuer.keys.refresh(jwt.header.kid) : known;
  if (keySet === undefined) return 'keys_unavailable';
  const verified = verifyJwt(jwt, issuer.expectation, keySet, Date.now());
  return verified.ok ? issuer.principalOf(verified.value) : verified;
}

async function codeOf(token: string, issuer: Issuer): Promise<string> {
  const verdict = await present(token, issuer);
  if (verdict === 'keys_unavailable') return verdict;
  return verdict.ok ? 'accepted' : verdict.rejection.code;
}

async function post(url: string, form: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, ...((await response.json()) as object) };
}

test('the lab has an issuer of every shape that the tests name', () => {
  assert.deepEqual(
    lab.issuers.map(({ name }) => name),
    names,
  );
});

for (const name of signing) {
  test(`a token asked for over HTTP passes by the preset, before and after a rotation: ${name}`, async (t) => {
    const labIssuer = lab.issuer(name);
    const issuer = issuerFor(t, labIssuer);
    for (let round = 0; round < 2; round++) {
      const form = { sub: 'mira', client_id: 'orders-web', scope: 'read write', audience: 'https://orders.example' };
      const answer = await post(labIssuer.below('/token'), form);
      assert.equal(answer['token_type'], 'Bearer');
      const verdict = await present(String(answer['access_token']), issuer);
      assert.ok(verdict !== 'keys_unavailable' && verdict.ok, JSON.stringify(verdict));
      const { subject, client, audiences, scopes } = verdict.value;
      assert.deepEqual([subject, client, [...scopes]], ['mira', 'orders-web', ['read', 'write']]);
      assert.deepEqual(audiences, [name === 'cognito' ? 'orders-web' : 'https://orders.example']);
      await post(labIssuer.below('/rotate'), { drop: 'true' });
    }
  });
}

test('the discovery documents of the lab are guessed right, where they are not known by their host', async () => {
  for (const name of ['okta', 'auth0', 'adfs', 'entra-v2', 'pingfederate', 'keycloak']) {
    const response = await fetch(lab.issuer(name).below('/.well-known/openid-configuration'));
    const document = (await response.json()) as Record<string, string>;
    assert.equal(guessPreset(document).preset, name);
  }
});

test('an issuer that goes wrong leaves the token without blame, and is found again when it is well', async (t) => {
  const labIssuer = lab.issuer('standard');
  t.after(() => {
    labIssuer.fault = undefined;
  });
  const token = await labIssuer.mint({ client: 'orders-web', audiences: ['a'] });
  for (const fault of ['down', 'slow', 'error', 'html', 'wrong_issuer', 'no_keys'] as const) {
    labIssuer.fault = fault;
    assert.equal(await codeOf(token, issuerFor(t, labIssuer)), 'keys_unavailable', fault);
  }
  labIssuer.fault = 'bad_key';
  assert.equal(await codeOf(token, issuerFor(t, labIssuer)), 'accepted');
});

test('a rotation keeps the earlier keys unless they are to be dropped', async (t) => {
  const labIssuer = lab.issuer('pingfederate');
  const wish = { client: 'orders-web', audiences: ['a'] };
  const token = await labIssuer.mint(wish);
  const kid = await labIssuer.rotate();
  assert.equal(decodeKid(await labIssuer.mint(wish)), kid);
  assert.equal(await codeOf(token, issuerFor(t, labIssuer)), 'accepted');
  await labIssuer.rotate({ drop: true });
  assert.equal(await codeOf(token, issuerFor(t, labIssuer)), 'key_unknown');
});

function decodeKid(token: string): string | undefined {
  const decoded = decodeJwt(token, 16_384);
  assert.ok(decoded.ok);
  return decoded.value.header.kid;
}

test('lifetime, algorithm and any claim can be asked for', async (t) => {
  const labIssuer = lab.issuer('standard');
  const form = { client_id: 'orders-web', audience: 'a', ttl: '60', alg: 'RS256', claims: '{"roles":["clerk"]}' };
  const answer = await post(labIssuer.below('/token'), form);
  assert.equal(answer['expires_in'], 60);
  const verdict = await present(String(answer['access_token']), issuerFor(t, labIssuer));
  assert.ok(verdict !== 'keys_unavailable' && verdict.ok, JSON.stringify(verdict));
  assert.deepEqual(verdict.value.roles, ['clerk']);
  assert.equal(verdict.value.expiresAt / 1000, (verdict.value.issuedAt ?? 0) + 60);
});

test('a form that cannot be served is refused with the reason', async () => {
  const wrong: Record<string, string>[] = [
    { ttl: '0' },
    { ttl: 'long' },
    { ttl: '86401' },
    { alg: 'none' },
    { claims: '[]' },
    { claims: '{' },
  ];
  wrong.push({ format: 'xml' }, { encrypt_to: '7' }, { encrypt_to: '{"kty":"oct","k":"AA"}' });
  for (const form of wrong) {
    const answer = await post(`${lab.origin}/token`, form);
    assert.deepEqual([answer['status'], answer['error']], [400, 'invalid_request'], JSON.stringify(form));
  }
});

test('the page names every issuer as it is written in a configuration, and what the tokens are worth', async () => {
  const page = await (await fetch(lab.origin)).text();
  for (const { identifier } of lab.issuers) assert.ok(page.includes(identifier));
  assert.match(page, /prove nothing/);
  assert.equal((await fetch(`${lab.origin}/nowhere`)).status, 404);
});

test('the lab refuses to be reached from elsewhere', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.1', 'example.com']) {
    await assert.rejects(startLab({ listen: { host, port: 0 } }), /Remedy: listen on 127\.0\.0\.1/);
  }
});
