import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { serve, serveSecurely, serveTcp } from '../../../test/fixtures/a-server.ts';
import { createAuthority, selfSigned } from '../../../test/fixtures/certificates.ts';
import { systemClock } from '../../base/clock.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions, type Resolver } from '../../net/index.ts';
import { type DiagnosisDependencies, diagnoseIssuer, type IssuerQuestion } from './diagnose-issuer.ts';
import type { IssuerDiagnosis } from './diagnosis.ts';
import { questionOfText, questionsOfOptions } from './questions.ts';

const document = '/.well-known/openid-configuration';
const authority = createAuthority();
const { publicKey: ecKey, privateKey: ecPrivate } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ecJwk = { ...ecKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' };

/** `*.nowhere.example` is unknown, `metadata.example` is where clouds keep secrets, the rest is this machine. */
const resolve: Resolver = (host, _, callback) => {
  if (host.endsWith('nowhere.example')) return callback(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
  const address = host === 'metadata.example' ? '169.254.169.254' : '127.0.0.1';
  return callback(null, [{ address, family: 4 }]);
};

function httpClient(t: TestContext, options: HttpClientOptions = {}): HttpClient {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-diagnosis-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, authority.cert);
  const http = createHttpClient({ timeout: 300, caFile, ...options }, resolve);
  t.after(() => http.close());
  return http;
}

function ask(
  t: TestContext,
  question: string | IssuerQuestion,
  dependencies: Partial<DiagnosisDependencies> = {},
): Promise<IssuerDiagnosis> {
  const asked = typeof question === 'string' ? questionOfText(question) : question;
  assert.ok(asked !== undefined);
  return diagnoseIssuer(asked, { http: httpClient(t), clock: systemClock, ...dependencies });
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}

/** An issuer whose key set, and whatever else, a test sets. */
async function anIdp(t: TestContext, keys: readonly unknown[], members: object = {}): Promise<string> {
  let issuer = '';
  const port = await serve(t, (request, response) => {
    if (request.url === '/jwks') sendJson(response, { keys });
    else if (request.url === document) sendJson(response, { issuer, jwks_uri: `${issuer}/jwks`, ...members });
    else response.writeHead(404).end();
  });
  issuer = `http://127.0.0.1:${port}`;
  return issuer;
}

/** What failed and where; every failure has a title and a remedy; nothing after it was reached. */
function failureOf({ ok, steps }: IssuerDiagnosis): string {
  const at = steps.findIndex(({ outcome }) => outcome === 'failed');
  const failed = steps[at];
  if (failed?.failure === undefined) return 'none';
  assert.equal(ok, false);
  assert.ok(failed.failure.title.length > 10 && failed.failure.remedy.length > 10);
  assert.ok(steps.slice(0, at).every(({ outcome }) => outcome === 'passed'));
  assert.ok(steps.slice(at + 1).every(({ outcome }) => outcome === 'not reached'));
  return `${failed.step}: ${failed.failure.code}`;
}

function noticesOf({ steps }: IssuerDiagnosis): readonly string[] {
  return steps.flatMap(({ notices }) => notices.map(({ code }) => code));
}

test('an issuer that is well passes every step, and says what was seen', async (t) => {
  const issuer = await anIdp(t, [ecJwk], { id_token_signing_alg_values_supported: ['ES256'] });
  const { ok, steps, found } = await ask(t, issuer);
  assert.equal(ok, true);
  assert.deepEqual(
    steps.map(({ step, seen }) => [step, ...seen]),
    [
      ['name', new URL(issuer).host],
      ['connect', 'without TLS, on loopback'],
      ['discovery', issuer + document, 'OpenID provider (preset oidc)'],
      ['issuer', issuer],
      ['key_set', `${issuer}/jwks`],
      ['keys', 'one  P-256  ES256'],
    ],
  );
  assert.deepEqual([found?.guess.preset, found?.documentUrl], ['oidc', issuer + document]);
});

test('a name that is unknown, or leads where nothing is ever fetched, fails at the name', async (t) => {
  const refused = [
    ['https://id.nowhere.example', 'unknown_host'],
    ['https://metadata.example', 'forbidden_address'],
    ['https://169.254.169.254/latest', 'forbidden_address'],
    ['http://10.0.0.1', 'not_https'],
    ['ftp://id.example.com', 'not_https'],
  ] as const;
  for (const [url, code] of refused) assert.equal(failureOf(await ask(t, url)), `name: ${code}`);
});

test('a port where nobody listens, and certificates by what is wrong with them, fail at the connection', async (t) => {
  assert.equal(failureOf(await ask(t, 'http://127.0.0.1:1')), 'connect: refused');
  const past = { from: new Date(Date.now() - 9e8), to: new Date(Date.now() - 8e8) };
  const identities = [
    [authority.issue('id.example', past), 'tls_expired'],
    [selfSigned('id.example'), 'tls_self_signed'],
    [createAuthority().issue('id.example'), 'tls_untrusted'],
    [authority.issue('other.example'), 'tls_wrong_host'],
  ] as const;
  for (const [identity, code] of identities) {
    const port = await serveSecurely(t, identity, (_, response) => sendJson(response, {}));
    assert.equal(failureOf(await ask(t, `https://id.example:${port}`)), `connect: ${code}`);
  }
  const plain = await serve(t, (_, response) => response.end());
  assert.equal(failureOf(await ask(t, `https://127.0.0.1:${plain}`)), 'connect: tls_failed');
  const http = httpClient(t, { proxy: 'http://127.0.0.1:1' });
  assert.equal(failureOf(await ask(t, 'https://id.example', { http })), 'connect: proxy_failed');
});

const answers: readonly (readonly [string, RequestListener, string])[] = [
  ['an error', (_, response) => response.writeHead(503).end(), 'http_status'],
  ['nothing there', (_, response) => response.writeHead(404).end(), 'http_status'],
  ['a page', (_, response) => response.setHeader('content-type', 'text/html').end('<html>'), 'not_json'],
  ['a redirect', (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(), 'redirect'],
  ['broken JSON', (_, response) => response.end('{"issuer":'), 'not_json'],
  ['an array', (_, response) => sendJson(response, []), 'discovery_malformed'],
  ['too much', (_, response) => sendJson(response, 'x'.repeat(2_000_000)), 'too_large'],
  ['nothing at all', () => undefined, 'timeout'],
];

for (const [what, listener, code] of answers) {
  test(`a server that answers with ${what} fails at the discovery document: ${code}`, async (t) => {
    const port = await serve(t, listener);
    assert.equal(failureOf(await ask(t, `http://127.0.0.1:${port}`)), `discovery: ${code}`);
  });
}

test('a server that cuts the connection or speaks another language fails at the discovery document', async (t) => {
  const cut = await serveTcp(t, (socket) => void socket.once('data', () => socket.resetAndDestroy()));
  const ssh = await serveTcp(t, (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
  assert.equal(failureOf(await ask(t, `http://127.0.0.1:${cut}`)), 'discovery: connection_lost');
  assert.equal(failureOf(await ask(t, `http://127.0.0.1:${ssh}`)), 'discovery: malformed_answer');
});

test('an issuer that calls itself otherwise, to a slash, fails, and is told both names', async (t) => {
  const issuer = await anIdp(t, [ecJwk]);
  const diagnosis = await ask(t, `${issuer}/`);
  assert.equal(failureOf(diagnosis), 'issuer: discovery_issuer_mismatch');
  const { expected, actual } = diagnosis.steps[3]?.failure?.facts ?? {};
  assert.deepEqual([expected, actual], [[`${issuer}/`], issuer]);
});

test('a document that names no issuer fails by that, however it was asked for', async (t) => {
  for (const wrong of [undefined, 7, '']) {
    const nameless = await anIdp(t, [ecJwk], { issuer: wrong });
    for (const asked of [nameless, nameless.slice(7)]) {
      assert.equal(failureOf(await ask(t, asked)), 'issuer: discovery_without_issuer');
    }
  }
});

test('asked by its bare host or its document, an issuer may call itself what it will', async (t) => {
  const issuer = await anIdp(t, [ecJwk]);
  assert.equal((await ask(t, issuer.replace('http://', ''))).ok, true);
  const elsewhere = await anIdp(t, [ecJwk], { issuer: 'https://id.acme.example' });
  const diagnosis = await ask(t, elsewhere + document);
  assert.deepEqual([diagnosis.ok, noticesOf(diagnosis)], [true, ['issuer_elsewhere']]);
});

test('no key set, one that cannot be had and one that is none fail at the key set', async (t) => {
  const page = await serve(t, (_, response) => response.setHeader('content-type', 'text/html').end('<html>'));
  const list = await serve(t, (_, response) => sendJson(response, [ecJwk]));
  const at = async (jwksUri: unknown): Promise<string> =>
    failureOf(await ask(t, await anIdp(t, [], { jwks_uri: jwksUri })));
  assert.equal(await at(undefined), 'key_set: discovery_without_keys');
  assert.equal(await at('http://127.0.0.1:1/jwks'), 'key_set: refused');
  assert.equal(await at('https://id.nowhere.example/jwks'), 'key_set: unknown_host');
  assert.equal(await at('http://169.254.169.254/jwks'), 'key_set: forbidden_address');
  assert.equal(await at(`http://127.0.0.1:${page}/jwks`), 'key_set: not_json');
  assert.equal(await at(`http://127.0.0.1:${list}/jwks`), 'key_set: key_set_malformed');
});

test('a private key in the set is an alarm, also beside good ones, and so is a secret', async (t) => {
  const privateJwk = { ...ecPrivate.export({ format: 'jwk' }), kid: 'leaked' };
  const secret = { kty: 'oct', k: 'c2VjcmV0', kid: 'shared' };
  const cases = [
    [[privateJwk], 'key_published_private', 'leaked'],
    [[ecJwk, privateJwk], 'key_published_private', 'leaked'],
    [[secret], 'key_published_secret', 'shared'],
    [[ecJwk, secret], 'key_published_secret', 'shared'],
  ] as const;
  for (const [keys, code, kid] of cases) {
    const diagnosis = await ask(t, await anIdp(t, keys));
    assert.equal(failureOf(diagnosis), `keys: ${code}`);
    assert.deepEqual(diagnosis.steps[5]?.failure?.facts, { kids: [kid] });
    assert.ok(!JSON.stringify(diagnosis.steps).includes(String(privateJwk.d)));
  }
});

test('a set of no keys, or of none that verifies, fails and says why each is skipped', async (t) => {
  assert.equal(failureOf(await ask(t, await anIdp(t, []))), 'keys: key_set_empty');
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
  const diagnosis = await ask(t, await anIdp(t, [weak, { ...ecJwk, use: 'enc' }]));
  assert.equal(failureOf(diagnosis), 'keys: key_set_empty');
  assert.deepEqual(noticesOf(diagnosis), ['keys_weak', 'keys_not_for_signatures']);
});

test('keys that will surprise are noticed', async (t) => {
  const { kid: _, alg: __, ...bare } = ecJwk;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const keys = [bare, { ...rsa, kid: 'any' }, ecJwk, ecJwk, { kty: 'EC', kid: 'bad', crv: 'P-256', x: 'AA' }, 7];
  const unsupported = [{ kty: 'EC', crv: 'secp256k1', kid: 'k' }, { kty: 'MAGIC' }, { ...rsa, alg: 'RSA-OAEP' }];
  const diagnosis = await ask(t, await anIdp(t, [...keys, ...unsupported]));
  assert.equal(diagnosis.ok, true);
  assert.deepEqual(noticesOf(diagnosis), [
    'keys_without_kid',
    'keys_without_algorithm',
    'keys_repeated',
    'keys_malformed',
    'keys_unsupported',
  ]);
  assert.deepEqual(diagnosis.steps[5]?.notices.at(-1)?.facts, {
    keys: 3,
    kids: ['k', '(no kid)', '(no kid)'],
    reasons: ['curve_unsupported', 'type_unsupported', 'algorithm_unsupported'],
  });
});

test('of 10,000 keys few are shown, and that the rest counts for nothing is noticed', async (t) => {
  const small = Array.from({ length: 10_000 }, (_, index) => ({ kty: 'x', kid: `${index}` }));
  const diagnosis = await ask(t, await anIdp(t, [ecJwk, ...small]));
  assert.deepEqual(noticesOf(diagnosis), ['keys_unsupported', 'keys_beyond_limit']);
  const [, beyond] = diagnosis.steps.flatMap(({ notices }) => notices);
  assert.deepEqual(beyond?.facts, {}, 'how many they are is not known');
  assert.ok(JSON.stringify(diagnosis.steps).length < 4_000);
  const real = Array.from({ length: 10_000 }, (_, index) => ({ ...ecJwk, kid: `${index}` }));
  assert.equal(failureOf(await ask(t, await anIdp(t, real))), 'key_set: too_large');
});

test('a clock that is ten minutes off is noticed', async (t) => {
  const issuer = await anIdp(t, [ecJwk]);
  const clock = (): number => systemClock() + 600_000;
  const diagnosis = await ask(t, issuer, { clock });
  assert.deepEqual(noticesOf(diagnosis), ['clock_differs']);
  assert.match(JSON.stringify(diagnosis.steps[5]?.notices[0]?.facts), /60[01] seconds ahead/);
});

test("AD FS's own issuer of access tokens is known where it is the usual one, and noticed where it is not", async (t) => {
  let issuer = '';
  let carried = '';
  const port = await serve(t, (request, response) => {
    const found = { issuer, jwks_uri: `${issuer}/discovery/keys`, access_token_issuer: carried };
    sendJson(response, request.url === '/adfs/discovery/keys' ? { keys: [ecJwk] } : found);
  });
  issuer = `http://127.0.0.1:${port}/adfs`;
  carried = `${issuer}/services/trust`;
  assert.deepEqual(noticesOf(await ask(t, issuer)), []);
  carried = 'urn:federation:acme';
  assert.deepEqual(noticesOf(await ask(t, issuer)), ['access_token_issuer']);
});

test("Okta's org server answers, and that its tokens need introspection is noticed", async (t) => {
  let issuer = '';
  const port = await serve(t, (request, response) => {
    const found = { issuer, jwks_uri: `${issuer}/oauth2/v1/keys` };
    sendJson(response, request.url === '/oauth2/v1/keys' ? { keys: [ecJwk] } : found);
  });
  issuer = `http://127.0.0.1:${port}`;
  const diagnosis = await ask(t, issuer);
  assert.deepEqual([diagnosis.ok, noticesOf(diagnosis)], [true, ['not_verifiable']]);
});

test('a configured issuer is tried as it is configured: by its document, or by its key set alone', async (t) => {
  const issuer = await anIdp(t, [ecJwk]);
  const [byDocument] = questionsOfOptions('acme', { preset: 'oidc', issuer });
  const [byKeySet] = questionsOfOptions('acme', {
    preset: 'oidc',
    issuer: 'https://x.example',
    jwksUri: `${issuer}/jwks`,
  });
  const [down] = questionsOfOptions('acme', { preset: 'oidc', issuer, jwksUri: 'http://127.0.0.1:1/jwks' });
  const [page] = questionsOfOptions('acme', { preset: 'oidc', issuer, jwksUri: `${issuer}/nothing` });
  assert.ok(byDocument && byKeySet && down && page);
  assert.equal((await ask(t, byDocument)).ok, true);
  const { ok, steps } = await ask(t, byKeySet);
  assert.deepEqual([ok, steps[2]?.seen], [true, ['not needed: the key set is configured']]);
  assert.equal(failureOf(await ask(t, down)), 'connect: refused');
  assert.equal(failureOf(await ask(t, page)), 'key_set: http_status');
});

test('a question that is not the operator’s own leads to no loopback', async (t) => {
  const issuer = await anIdp(t, [ecJwk]);
  assert.equal(failureOf(await ask(t, issuer, { namedBy: 'peer' })), 'name: forbidden_address');
});
