import assert from 'node:assert/strict';
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import type * as openid from 'openid-client';
import { federationFailed, signInSucceeded } from '../../src/provider/index.ts';
import { Browser } from '../fixtures/a-browser.ts';
import { anAccount, aProvider, type RunningProvider } from '../fixtures/a-provider.ts';
import { authorize, password, relyingParty, web } from '../fixtures/a-sign-in.ts';
import { aTamperingOp, type Members, type TamperingOp } from '../fixtures/a-tampering-op.ts';
import { TwoSites } from '../fixtures/two-sites.ts';

let acme: TamperingOp;
let evil: TamperingOp;
let running: RunningProvider;
let config: openid.Configuration;
const request = { scope: 'openid email' };
const limits = { account: { attempts: 10_000, window: 1000 }, address: { attempts: 10_000, window: 1000 } };

before(async () => {
  acme = await aTamperingOp({ id: 'gatehouse-at-acme', secret: 'a secret at acme' });
  evil = await aTamperingOp({ id: 'gatehouse-at-evil', secret: 'a secret at evil' });
  const signIn = [acme, evil].map((op) => ({ name: nameOf(op), issuer: op.issuer, client: op.client }));
  const accounts = [await anAccount('ada', password)];
  running = await aProvider({ clients: [web], accounts, limits, signIn });
  config = await relyingParty(running.issuer, web);
});
after(async () => {
  await running.close();
  await Promise.all([acme.close(), evil.close()]);
});
beforeEach(() => {
  acme.behave();
  evil.behave();
});

const nameOf = (op: TamperingOp): string => (op === acme ? 'acme' : 'evil');

/** Someone who has gone to an issuer and has its answer, but has not come back yet. */
async function onTheWayBack(op: TamperingOp = acme) {
  const sites = new TwoSites(op.issuer);
  const { url } = await authorize(config, request);
  await sites.here.open(url);
  const [, href] = new RegExp(`href="([^"]*/federation/${nameOf(op)})"`).exec(sites.here.html) ?? [];
  const back = await sites.goThere(href ?? '');
  return { sites, url, back: new URL(back ?? '') };
}

/** What was announced meanwhile. */
async function announced(work: () => Promise<void>) {
  const failures: { code: string; reason: string }[] = [];
  const successes: object[] = [];
  const stops = [
    federationFailed.listen((failure) => failures.push(failure)),
    signInSucceeded.listen((success) => successes.push(success)),
  ];
  await work();
  for (const stop of stops) stop();
  return { failures, successes };
}

/** Opens the URL in the browser: it must lead to a page of this status, for this reason, and sign nobody in. */
async function assertRefused(browser: Browser, url: string, status: number, code: string | undefined, why?: RegExp) {
  const { failures, successes } = await announced(async () => {
    assert.equal(await browser.open(url), undefined);
  });
  assert.deepEqual([browser.status, failures[0]?.code], [status, code], failures[0]?.reason ?? 'not announced');
  assert.deepEqual(successes, []);
  if (why !== undefined) assert.match(failures[0]?.reason ?? '', why);
  const { searchParams } = new URL(url);
  for (const secret of [...searchParams.getAll('code'), ...searchParams.getAll('state')]) {
    assert.ok(secret.length < 20 || !`${JSON.stringify(failures)}${browser.html}`.includes(secret), secret);
  }
}

test('an honest answer signs in: the attacks below fail for no other reason', async () => {
  const { sites, back } = await onTheWayBack();
  const { successes } = await announced(async () => {
    assert.equal(await sites.here.open(back.href), undefined);
  });
  assert.match(sites.here.html, /Allow access/);
  assert.equal(successes.length, 1);
});

const badClaims: readonly (readonly [string, RegExp, (payload: Members) => void])[] = [
  ['with another nonce', /nonce/, (claims) => Object.assign(claims, { nonce: 'another' })],
  ['without a nonce', /nonce/, (claims) => delete claims['nonce']],
  ['of another issuer', /iss/, (claims) => Object.assign(claims, { iss: 'https://other.example' })],
  ['for another client', /aud/, (claims) => Object.assign(claims, { aud: 'another' })],
  ['for us and another client', /aud/, (claims) => Object.assign(claims, { aud: [claims['aud'], 'another'] })],
  ['that another client asked for', /azp/, (claims) => Object.assign(claims, { azp: 'another' })],
  ['that has expired', /exp/, (claims) => Object.assign(claims, { exp: Math.floor(Date.now() / 1000) - 60 })],
  ['that never expires', /exp/, (claims) => delete claims['exp']],
  ['that is not valid yet', /nbf/, (claims) => Object.assign(claims, { nbf: Math.floor(Date.now() / 1000) + 600 })],
  ['with another access token', /at_hash/, (claims) => Object.assign(claims, { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })],
  ['about nobody', /sub/, (claims) => delete claims['sub']],
  ['about the empty subject', /sub/, (claims) => Object.assign(claims, { sub: '' })],
  ['about half a character', /sub/, (claims) => Object.assign(claims, { sub: 'x\ud800' })],
  ['about a subject with a zero byte', /sub/, (claims) => Object.assign(claims, { sub: 'admin\u0000' })],
  ['about a number', /sub/, (claims) => Object.assign(claims, { sub: 1 })],
];

for (const [title, why, change] of badClaims) {
  test(`an ID token ${title} signs nobody in`, async () => {
    const { sites, back } = await onTheWayBack();
    acme.claims = change;
    await assertRefused(sites.here, back.href, 403, 'id_token_refused', why);
  });
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function resigned(jwt: string, header: Members, sign: (input: string) => string): string {
  const [head = '', payload = ''] = jwt.split('.');
  const input = `${part({ ...JSON.parse(Buffer.from(head, 'base64url').toString()), ...header })}.${payload}`;
  return `${input}.${sign(input)}`;
}

const { privateKey: anotherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const byAnother = (input: string) => createSign('sha256').update(input).sign(anotherKey, 'base64url');
const bySecret = (input: string) => createHmac('sha256', 'a secret at acme').update(input).digest('base64url');

const badSignatures: readonly (readonly [string, (jwt: string) => string | undefined])[] = [
  ['with alg none', (jwt) => resigned(jwt, { alg: 'none' }, () => '')],
  ['with alg None', (jwt) => resigned(jwt, { alg: 'None' }, () => '')],
  ['signed by the client secret', (jwt) => resigned(jwt, { alg: 'HS256' }, bySecret)],
  ['signed by another key under the same kid', (jwt) => resigned(jwt, {}, byAnother)],
  ['signed by a key that nobody knows', (jwt) => resigned(jwt, { kid: 'unknown' }, byAnother)],
  ['with a key of its own in the header', (jwt) => resigned(jwt, { jwk: anotherPublicJwk(), kid: 'x' }, byAnother)],
  ['with an empty signature', (jwt) => resigned(jwt, {}, () => '')],
  ['with a critical header that nobody knows', (jwt) => resigned(jwt, { crit: ['x'], x: 1 }, byAnother)],
  ['that is encrypted', (jwt) => `${jwt}..`],
  ['that is none', () => 'none'],
  ['that is missing', () => undefined],
];

function anotherPublicJwk(): object {
  const { kty, n, e } = anotherKey.export({ format: 'jwk' });
  return { kty, n, e };
}

for (const [title, change] of badSignatures) {
  test(`an ID token ${title} signs nobody in`, async () => {
    const { sites, back } = await onTheWayBack();
    acme.answer = (body) => Object.assign(body, { id_token: change(String(body['id_token'])) });
    await assertRefused(sites.here, back.href, 403, 'id_token_refused');
  });
}

test('a code of another sign-in at the same issuer is refused by PKCE', async () => {
  const attacker = await onTheWayBack();
  const victim = await onTheWayBack();
  victim.back.searchParams.set('code', attacker.back.searchParams.get('code') ?? '');
  await assertRefused(victim.sites.here, victim.back.href, 502, 'client_refused', /code_verifier/);
});

test('a sign-in that another browser has begun is refused: nobody is signed in as the attacker', async () => {
  const attacker = await onTheWayBack();
  const fresh = new Browser();
  await assertRefused(fresh, attacker.back.href, 400, 'answer_unfit', /no cookie/);
  const victim = await onTheWayBack();
  await assertRefused(victim.sites.here, attacker.back.href, 400, 'answer_unfit', /another browser/);
  assert.equal(acme.exchanges, 0, 'the code was shown to nobody');
  assert.equal(await attacker.sites.here.open(attacker.back.href), undefined);
  assert.match(attacker.sites.here.html, /Allow access/, 'and was not used up');
});

test('two cookies of the name, as a neighbouring host could set one, count as none', async () => {
  const { sites, back } = await onTheWayBack();
  const cookie = `gatehouse_federation=${sites.here.cookie('gatehouse_federation')}`;
  const { status } = await fetch(back, { headers: { cookie: `${cookie}; ${cookie}` }, redirect: 'manual' });
  assert.equal(status, 400);
});

test('a state that is not ours, or not whole, is refused', async () => {
  const { sites, back } = await onTheWayBack();
  const state = back.searchParams.get('state') ?? '';
  const [head, , ...rest] = state.split('.');
  for (const wrong of ['', 'x', `${state}x`, state.slice(0, -4), [head, 'AAAA', ...rest].join('.'), 'a.b.c.d.e']) {
    const changed = new URL(back);
    changed.searchParams.set('state', wrong);
    await assertRefused(sites.here, changed.href, 400, 'answer_unfit', /not ours/);
  }
  const without = new URL(back);
  without.searchParams.delete('state');
  await assertRefused(sites.here, without.href, 400, 'answer_unfit');
  assert.equal(acme.exchanges, 0);
});

test('an answer counts once, however its state is spelled, and whatever it was', async () => {
  const { sites, back } = await onTheWayBack();
  acme.claims = (claims) => Object.assign(claims, { nonce: 'another' });
  await assertRefused(sites.here, back.href, 403, 'id_token_refused');
  acme.behave();
  await assertRefused(sites.here, back.href, 400, 'answered_before');
  const respelled = new URL(back);
  respelled.searchParams.set('state', `${back.searchParams.get('state')}=`);
  assert.equal(await sites.here.open(respelled.href), undefined);
  assert.equal(sites.here.status, 400);
  assert.equal(acme.exchanges, 0);
  assert.match(sites.here.html, /Continue with acme|expired/);
});

test('of many who show one answer at the same moment, one is heard', async () => {
  const { sites, back } = await onTheWayBack();
  const cookie = `gatehouse_federation=${sites.here.cookie('gatehouse_federation')}`;
  const open = () => fetch(back, { headers: { cookie }, redirect: 'manual' });
  const answers = await Promise.all(Array.from({ length: 8 }, open));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400, 400, 400, 400, 400, 400, 400]);
  assert.equal(acme.exchanges, 1);
});

test('a sign-in that is over cannot be answered', async () => {
  const { sites, back } = await onTheWayBack();
  await sites.here.open(back.href);
  await sites.here.submit('answer', 'deny');
  await assertRefused(sites.here, back.href, 400, undefined);
});

test('an answer of one issuer is never taken for that of another', async () => {
  const { sites, back } = await onTheWayBack(acme);
  const atEvil = new URL(back.href.replace('/federation/acme/', '/federation/evil/'));
  await assertRefused(sites.here, atEvil.href, 400, 'answer_unfit', /another issuer/);
  assert.equal(evil.exchanges, 0, 'the code went nowhere');
  const other = await onTheWayBack(evil);
  const swapped = new URL(back);
  swapped.searchParams.set('code', other.back.searchParams.get('code') ?? '');
  await assertRefused(sites.here, swapped.href, 502, 'client_refused');
});

test('an answer that names another issuer (RFC 9207) is refused before its code is shown to anyone', async () => {
  const { sites, back } = await onTheWayBack(acme);
  back.searchParams.set('iss', evil.issuer);
  await assertRefused(sites.here, back.href, 400, 'answer_unfit', /iss/);
  assert.equal(acme.exchanges + evil.exchanges, 0);
});

test('an error counts only with a state of ours, and its words are not for the page', async () => {
  const errors = [
    ['access_denied', 403, 'person_not_signed_in'],
    ['login_required', 403, 'person_not_signed_in'],
    ['temporarily_unavailable', 502, 'issuer_unavailable'],
    ['unauthorized_client', 502, 'client_refused'],
    ['<script>alert(1)</script>', 502, 'client_refused'],
  ] as const;
  for (const [error, status, code] of errors) {
    const { sites, back } = await onTheWayBack();
    back.searchParams.delete('code');
    back.searchParams.set('error', error);
    back.searchParams.set('error_description', 'Call 555-0100 <b>now</b>');
    const forged = new URL(back);
    forged.searchParams.set('state', 'forged');
    await assertRefused(sites.here, forged.href, 400, 'answer_unfit');
    await assertRefused(sites.here, back.href, status, code);
    assert.ok(!sites.here.html.includes('555-0100') && !/<script/.test(sites.here.html));
  }
});

test('a parameter that stands there twice is refused', async () => {
  for (const name of ['code', 'state', 'iss']) {
    const { sites, back } = await onTheWayBack();
    back.searchParams.append(name, back.searchParams.get(name) ?? acme.issuer);
    if (name === 'iss') back.searchParams.append(name, acme.issuer);
    await assertRefused(sites.here, back.href, 400, 'answer_unfit');
  }
  assert.equal(acme.exchanges, 0);
});

test('tokens that come without a code are not looked at', async () => {
  const { sites, back } = await onTheWayBack();
  back.searchParams.set('id_token', 'a.b.c');
  await assertRefused(sites.here, back.href, 400, 'answer_unfit');
  const other = await onTheWayBack();
  other.back.searchParams.delete('code');
  await assertRefused(other.sites.here, other.back.href, 400, 'answer_unfit');
});

test('only GET comes back, and only from an issuer that there is', async () => {
  const { sites, back } = await onTheWayBack();
  for (const method of ['POST', 'HEAD', 'PUT']) {
    await sites.here.open(back.href, { method });
    assert.equal(sites.here.status, 405, method);
  }
  await sites.here.open(back.href.replace('/acme/', '/nobody/'));
  assert.equal(sites.here.status, 404);
  assert.equal(await sites.here.open(back.href), undefined);
  assert.match(sites.here.html, /Allow access/, 'none of it has used up the answer');
});

test('the way to an issuer is open only from a sign-in page, in its own browser', async () => {
  const { url } = await authorize(config, request);
  const browser = new Browser();
  await browser.open(url);
  const way = `${browser.url}/federation/acme`;
  const stranger = new Browser();
  await stranger.open(way);
  assert.equal(stranger.status, 400);
  for (const [path, init, status] of [
    [`${browser.url}/federation/nobody`, {}, 400],
    [way, { method: 'POST' }, 405],
  ] as const) {
    await browser.open(path, init);
    assert.equal(browser.status, status);
  }
  assert.match((await browser.open(way)) ?? '', new RegExp(`^${acme.issuer}/authorize`));
});

test('an issuer that repeats what it was sent is not quoted', async () => {
  const quotes: readonly (readonly [string, (request: Members) => string])[] = [
    ['the code', ({ code }) => `code ${code}`],
    ['the verifier', ({ code_verifier }) => `verifier ${code_verifier}`],
    ['the secret', () => `secret ${acme.client.secret}`],
    ['the secret, encoded', () => `secret=${encodeURIComponent(acme.client.secret)}`],
    ['the secret, encoded as a form', () => `secret=${acme.client.secret.replaceAll(' ', '+')}`],
  ];
  for (const [what, quote] of quotes) {
    const { sites, back } = await onTheWayBack();
    acme.answer = (body, request) => {
      Object.assign(body, { error: 'invalid_grant', error_description: `That is no good: ${quote(request)}.` });
    };
    await assertRefused(sites.here, back.href, 403, 'code_refused', /: \[what it was sent\]$/);
    assert.ok(!sites.here.html.includes('no good'), what);
  }
});

test('what an issuer says in its own words is told to the operator', async () => {
  const { sites, back } = await onTheWayBack();
  acme.answer = (body) => Object.assign(body, { error: 'invalid_grant', error_description: 'The code has expired.' });
  await assertRefused(sites.here, back.href, 403, 'code_refused', /: The code has expired\.$/);
});

test('codes that are tried out are counted, and stopped', async () => {
  running.provider.reload({ ...running.options, limits: { address: { attempts: 2, window: 60_000 } } });
  for (const status of [403, 403, 429]) {
    const { sites, back } = await onTheWayBack();
    acme.answer = (body) => Object.assign(body, { id_token: 'none' });
    await sites.here.open(back.href);
    assert.equal(sites.here.status, status);
  }
  running.provider.reload(running.options);
});
