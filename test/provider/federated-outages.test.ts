import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import type * as openid from 'openid-client';
import { federationFailed } from '../../src/provider/index.ts';
import { aForeignOp, type ForeignOp, foreignClient } from '../fixtures/a-foreign-op.ts';
import { anAccount, aProvider, type RunningProvider } from '../fixtures/a-provider.ts';
import { authorize, password, relyingParty, web } from '../fixtures/a-sign-in.ts';
import { TwoSites } from '../fixtures/two-sites.ts';

let acme: ForeignOp;
let running: RunningProvider;
let config: openid.Configuration;
const request = { scope: 'openid email' };

before(async () => {
  acme = await aForeignOp();
  running = await aProvider({
    clients: [web],
    signIn: [{ name: 'acme', issuer: acme.issuer, title: 'Acme', client: foreignClient }],
  });
  acme.register(`${running.issuer}/federation/acme/callback`);
  config = await relyingParty(running.issuer, web);
});
after(async () => {
  await running.close();
  await acme.close();
});
beforeEach(() => {
  // Forgets what was fetched before.
  running.provider.reload(running.options);
  acme.intercept = () => false;
});

type Answer = (response: ServerResponse) => unknown;

const intercepting = (path: string, answer: Answer) => (request: IncomingMessage, response: ServerResponse) => {
  if (request.url?.split('?')[0] !== path) return false;
  answer(response);
  return true;
};

const json = (body: object, status = 200): Answer => {
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const discovery = '/.well-known/openid-configuration';

function metadata(changes: object = {}) {
  const endpoints = { authorization_endpoint: 'auth', token_endpoint: 'token', jwks_uri: 'jwks' };
  const entries = Object.entries(endpoints).map(([name, path]) => [name, `${acme.issuer}/${path}`]);
  return { issuer: acme.issuer, ...Object.fromEntries(entries), ...changes };
}

/** Tries to sign in. @returns the sites, and what was announced */
async function attempt() {
  const failures: { code: string; reason: string; remedy: string }[] = [];
  const stop = federationFailed.listen((failure) => failures.push(failure));
  const sites = new TwoSites(acme.issuer);
  const left = await sites.go((await authorize(config, request)).url);
  stop();
  assert.equal(left, undefined);
  return { sites, failure: failures[0] };
}

const outages: readonly (readonly [string, string, Answer, string, RegExp])[] = [
  ['answers discovery with 500', discovery, json({}, 500), 'issuer_unavailable', /answered with an error/],
  ['answers discovery with a page', discovery, (it) => it.end('<html>'), 'issuer_unavailable', /not JSON/],
  [
    'redirects discovery to a metadata service',
    discovery,
    (it) => it.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    'issuer_unavailable',
    /redirects/,
  ],
  ['breaks off discovery', discovery, (it) => it.destroy(), 'issuer_unavailable', /broke/],
  ['never answers discovery', discovery, () => undefined, 'issuer_unavailable', /in time/],
  [
    'answers for another issuer',
    discovery,
    json({ issuer: 'https://evil.example' }),
    'metadata_unfit',
    /evil\.example/,
  ],
  ['answers discovery with a list', discovery, json([]), 'metadata_unfit', /no JSON object/],
];

for (const [what, path, answer, code, reason] of outages) {
  test(`an issuer that ${what} is told to the person and to the operator`, async () => {
    acme.intercept = intercepting(path, answer);
    const { sites, failure } = await attempt();
    assert.equal(failure?.code, code);
    assert.match(failure?.reason ?? '', reason);
    assert.ok((failure?.remedy ?? '').length > 20);
    assert.equal(sites.here.status, 502);
    assert.match(sites.error ?? '', /^Acme is not (available at the moment|set up for signing in here)/);
    assert.match(sites.here.html, /Continue with Acme[\s\S]*Cancel/);
    acme.intercept = () => false;
    assert.equal(await sites.continueWith('acme'), undefined);
    assert.match(sites.here.html, /Allow access/, 'once it is back, the same page goes on');
  });
}

test('the metadata of an issuer leads nowhere but over https, or on loopback', async () => {
  for (const endpoint of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint']) {
    for (const url of ['http://acme.example/x', 'javascript:alert(1)', 'ftp://acme.example', 7, '']) {
      running.provider.reload(running.options);
      acme.intercept = intercepting(discovery, json(metadata({ [endpoint]: url })));
      const { failure } = await attempt();
      assert.deepEqual([failure?.code, failure?.reason.includes(endpoint)], ['metadata_unfit', true], String(url));
    }
  }
});

const later: readonly (readonly [string, string, Answer, number, string])[] = [
  ['never answers at its token endpoint', '/token', () => undefined, 502, 'issuer_unavailable'],
  ['answers there with a page', '/token', (it) => it.writeHead(503).end('<html>'), 502, 'issuer_unavailable'],
  ['redirects there', '/token', (it) => it.writeHead(307, { location: '/x' }).end(), 502, 'issuer_unavailable'],
  ['answers there without end', '/token', (it) => it.end(Buffer.alloc(2_000_000)), 502, 'issuer_unavailable'],
  ['refuses our secret', '/token', json({ error: 'invalid_client' }, 401), 502, 'client_refused'],
  ['gives no tokens', '/token', json({}), 403, 'id_token_refused'],
  ['cannot show its keys', '/jwks', json({}, 500), 502, 'issuer_unavailable'],
  ['shows no keys', '/jwks', json({ keys: [] }), 403, 'id_token_refused'],
  ['tells of someone else at userinfo', '/me', json({ sub: 'someone else' }), 502, 'userinfo_unfit'],
  ['refuses its own access token there', '/me', json({ error: 'invalid_token' }, 401), 502, 'issuer_unavailable'],
  [
    'says one thing twice there',
    '/me',
    (it) => it.writeHead(200, { 'content-type': 'application/json' }).end('{"sub":"00u1","email":"a","email":"b"}'),
    502,
    'issuer_unavailable',
  ],
];

for (const [what, path, answer, status, code] of later) {
  test(`an issuer that ${what} signs nobody in`, async () => {
    acme.intercept = intercepting(path, answer);
    const { sites, failure } = await attempt();
    assert.deepEqual([sites.here.status, failure?.code], [status, code], failure?.reason ?? '');
    assert.match(sites.here.html, /Continue with Acme/);
    acme.intercept = () => false;
  });
}

test('a claim that cannot be kept is refused, and the next sign-in is none the worse', async () => {
  acme.person = { sub: '00u1', claims: { email: 'x\ud800' } };
  const { failure } = await attempt();
  assert.ok(failure);
  acme.person = { sub: '00u1', claims: { email: 'ada@acme.example' } };
  const { sites } = await attempt();
  assert.match(sites.here.html, /Allow access/);
});

test('an issuer that is down keeps neither the provider from starting nor a password from signing in', async (t) => {
  const signIn = [{ name: 'gone', issuer: 'http://127.0.0.1:9', client: { id: 'gatehouse' } }];
  const accounts = [await anAccount('ada', password)];
  const other = await aProvider({ clients: [web], accounts, signIn });
  t.after(() => other.close());
  const { url } = await authorize(await relyingParty(other.issuer, web), request);
  const sites = new TwoSites('http://127.0.0.1:9');
  await sites.here.open(url);
  await sites.continueWith('gone');
  assert.deepEqual([sites.here.status, sites.error?.startsWith('gone is not available')], [502, true]);
  await sites.here.submit('answer', 'allow', { username: 'ada', password });
  assert.match(sites.here.html, /Allow access/);
});
