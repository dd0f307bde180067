import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import * as openid from 'openid-client';
import { federationFailed, federationOffered, signInSucceeded } from '../../src/provider/index.ts';
import { aForeignOp, type ForeignOp, foreignClient } from '../fixtures/a-foreign-op.ts';
import { anAccount, aProvider, ordersApi, type RunningProvider } from '../fixtures/a-provider.ts';
import { serve } from '../fixtures/a-server.ts';
import { authorize, password, relyingParty, web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';
import { TwoSites } from '../fixtures/two-sites.ts';

let acme: ForeignOp;
let beta: ForeignOp;
let running: RunningProvider;
let config: openid.Configuration;
const api = { ...ordersApi, tokens: { claims: ['email', 'email_verified', 'team'] } };
const request = { scope: 'openid email profile orders:read', resource: api.audience };
const ada = {
  sub: '00u1',
  claims: { name: 'Ada Lovelace', email: 'ada@acme.example', email_verified: true, groups: ['staff'] },
  amr: ['pwd', 'otp'],
  acr: 'urn:mfa',
};

const acmeSignIn = () => ({
  name: 'acme',
  issuer: acme.issuer,
  title: 'Acme & Sons',
  client: foreignClient,
  claims: { team: [['groups']] },
});
const betaSignIn = () => ({ name: 'beta', issuer: beta.issuer, client: foreignClient });

before(async () => {
  acme = await aForeignOp();
  beta = await aForeignOp();
  running = await aProvider({ apis: [api], clients: [web], signIn: [acmeSignIn()] });
  acme.register(`${running.issuer}/federation/acme/callback`);
  beta.register(`${running.issuer}/federation/beta/callback`);
  config = await relyingParty(running.issuer, web);
});
after(async () => {
  await running.close();
  await Promise.all([acme.close(), beta.close()]);
});
beforeEach(() => {
  running.provider.reload(running.options);
  Object.assign(acme, { person: ada, intercept: () => false });
  acme.requests.length = 0;
});

/** The way from a request of our client to its tokens. */
async function takeTokens(parameters: Record<string, string> = request, sites = new TwoSites(acme.issuer)) {
  const { url, checks } = await authorize(config, parameters);
  let left = await sites.go(url);
  if (left === undefined && /Allow access/.test(sites.here.html)) left = await sites.here.submit('answer', 'allow');
  assert.ok(left, sites.here.html);
  return openid.authorizationCodeGrant(config, new URL(left), checks);
}

async function introspect(token: string) {
  return (await post(running.issuer, '/introspect', { token }, web)).json;
}

test('who has no account here signs in at the only issuer at once, and our tokens know them', async () => {
  const succeeded: object[] = [];
  const stop = signInSucceeded.listen((message) => succeeded.push(message));
  const tokens = await takeTokens();
  stop();
  const claims = tokens.claims();
  assert.match(claims?.sub ?? '', /^[0-9a-f-]{36}$/);
  assert.deepEqual([claims?.['amr'], claims?.['acr']], [['pwd', 'otp'], 'urn:mfa']);
  assert.deepEqual([claims?.['name'], claims?.['email']], ['Ada Lovelace', 'ada@acme.example']);
  const { sub, email, email_verified, team } = await introspect(tokens.access_token);
  assert.deepEqual([sub, email, email_verified, team], [claims?.sub, 'ada@acme.example', true, ['staff']]);
  assert.deepEqual(succeeded, [{ subject: sub, client: 'web', address: '127.0.0.1', issuer: 'acme' }]);
  const [sent] = acme.requests;
  assert.equal(sent?.get('code_challenge_method'), 'S256');
  assert.equal(sent?.get('scope'), 'openid profile email');
  assert.ok((sent?.get('nonce') ?? '').length >= 43);
  assert.deepEqual([sent?.get('prompt'), sent?.get('max_age')], [null, null]);
});

test('a person has one subject for ever, and what is said of them is refreshed at each sign-in', async () => {
  const first = await takeTokens();
  acme.person = { ...ada, claims: { ...ada.claims, email: 'ada@new.example', groups: undefined } };
  const second = await takeTokens();
  assert.equal(second.claims()?.sub, first.claims()?.sub);
  const { email, team } = await introspect(second.access_token);
  assert.deepEqual([email, team], ['ada@new.example', undefined]);
  const refreshed = await openid.refreshTokenGrant(config, first.refresh_token ?? '');
  assert.equal((await introspect(refreshed.access_token)).email, 'ada@new.example', 'a refresh tells it too');
});

test('the userinfo endpoint of ours knows a linked account', async () => {
  const tokens = await takeTokens({ scope: 'openid profile email' });
  const info = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
  assert.deepEqual([info['name'], info['email']], ['Ada Lovelace', 'ada@acme.example']);
});

test('the issuer is asked for userinfo only where its ID token leaves out what is wanted', async () => {
  const asked: string[] = [];
  acme.intercept = ({ url }) => {
    asked.push(url ?? '');
    return false;
  };
  const userinfo = () => asked.filter((url) => url.startsWith('/me')).length;
  await takeTokens();
  assert.equal(userinfo(), 1);
  const changes = { conformIdTokenClaims: false };
  acme.register(`${running.issuer}/federation/acme/callback`, changes);
  await takeTokens();
  acme.register(`${running.issuer}/federation/acme/callback`);
  assert.equal(userinfo(), 1);
});

test('two people at one issuer, and people of the same address at two issuers, are never one', async () => {
  running.provider.reload({ ...running.options, signIn: [acmeSignIn(), betaSignIn()] });
  const subjects = new Set<string>();
  for (const [op, sub] of [
    [acme, '00u1'],
    [acme, '00u2'],
    [beta, '00u1'],
  ] as const) {
    op.person = { ...ada, sub };
    const sites = new TwoSites(op.issuer);
    const { url } = await authorize(config, request);
    await sites.here.open(url);
    assert.match(sites.here.html, /Continue with Acme &#38; Sons<[\s\S]*Continue with beta</);
    assert.doesNotMatch(sites.here.html, /name="password"/);
    await sites.continueWith(op === acme ? 'acme' : 'beta');
    const left = await sites.here.submit('answer', 'allow');
    subjects.add(new URL(left ?? '').searchParams.has('code') ? await subjectOf(sites) : 'nobody');
  }
  assert.equal(subjects.size, 3);
  assert.ok(!subjects.has('nobody'));
});

async function subjectOf(sites: TwoSites): Promise<string> {
  return (await takeTokens(request, sites)).claims()?.sub ?? '';
}

test('where there are accounts too, the page offers both, and a password still signs in', async () => {
  running.provider.reload({ ...running.options, accounts: [await anAccount('bob', password)] });
  const sites = new TwoSites(acme.issuer);
  const { url } = await authorize(config, { ...request, login_hint: 'bob' });
  assert.equal(await sites.go(url), undefined);
  assert.match(sites.here.html, /name="password"[\s\S]*Continue with Acme &#38; Sons</);
  assert.equal(acme.requests.length, 0, 'nobody is sent away unasked');
  assert.equal(await sites.here.submit('answer', 'allow', { username: 'bob', password }), undefined);
  assert.match(sites.here.html, /<strong>bob<\/strong>/);
  const other = new TwoSites(acme.issuer);
  await other.here.open(url);
  await other.continueWith('acme');
  assert.match(other.here.html, /<strong>ada@acme\.example<\/strong>/);
});

test('what the client wants of the sign-in is wanted of the issuer', async () => {
  const sites = new TwoSites(acme.issuer);
  await takeTokens(request, sites);
  const wishes = { prompt: 'login', max_age: '600', login_hint: 'ada', acr_values: 'urn:mfa', ui_locales: 'de' };
  const tokens = await takeTokens({ ...request, ...wishes }, sites);
  const sent = Object.fromEntries(acme.requests.at(-1) ?? []);
  for (const [name, value] of Object.entries(wishes)) assert.equal(sent[name], value, name);
  assert.equal(typeof tokens.claims()?.auth_time, 'number');
});

test('without a session, prompt=none hears login_required; with one, nobody is sent anywhere', async () => {
  const sites = new TwoSites(acme.issuer);
  const silent = await authorize(config, { ...request, prompt: 'none' });
  assert.match((await sites.go(silent.url)) ?? '', /error=login_required/);
  assert.equal(acme.requests.length, 0);
  await takeTokens(request, sites);
  const again = await authorize(config, { ...request, prompt: 'none' });
  assert.match((await sites.go(again.url)) ?? '', /[?&]code=/);
  assert.equal(acme.requests.length, 1);
});

test('a max_age is met by when the person authenticated there, not by when they came here', async () => {
  const sites = new TwoSites(acme.issuer);
  const first = await takeTokens({ ...request, max_age: '1000' }, sites);
  await rest(2_100);
  const other = new TwoSites(acme.issuer);
  Object.assign(other, { there: sites.there });
  const second = await takeTokens({ ...request, max_age: '1000' }, other);
  assert.equal(second.claims()?.auth_time, first.claims()?.auth_time);
  await takeTokens({ ...request, max_age: '1' }, other);
  assert.equal(acme.requests.at(-1)?.get('max_age'), '1');
});

test('an issuer that does not say when someone authenticated meets no max_age', async () => {
  const callback = `${running.issuer}/federation/acme/callback`;
  const silent = {
    claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email'] },
    conformIdTokenClaims: false,
  };
  acme.register(callback, silent);
  const sites = new TwoSites(acme.issuer);
  await takeTokens(request, sites);
  const before = acme.requests.length;
  const { url } = await authorize(config, { ...request, max_age: '1000' });
  const failed: string[] = [];
  const stop = federationFailed.listen(({ code }) => failed.push(code));
  // The library says auth_time where max_age asks for it; one that does not is played by leaving the question out.
  const out = new URL((await sites.here.open(url)) ?? '');
  out.searchParams.delete('max_age');
  const back = await sites.there.open(out.href);
  assert.equal(await sites.here.open(back ?? ''), undefined);
  stop();
  acme.register(callback);
  assert.equal(acme.requests.length, before + 1, 'the session here was not enough');
  assert.deepEqual([sites.here.status, failed], [403, ['id_token_refused']]);
});

test('a person who refuses there is told so here, and may try again or give up', async () => {
  acme.person = undefined;
  const sites = new TwoSites(acme.issuer);
  const { url } = await authorize(config, request);
  const failed: object[] = [];
  const stop = federationFailed.listen((message) => failed.push(message));
  assert.equal(await sites.go(url), undefined);
  stop();
  assert.equal(sites.here.status, 403);
  assert.match(sites.error ?? '', /^Acme &#38; Sons has not signed you in\./);
  assert.ok(!sites.here.html.includes('no&#60;'), "the issuer's words are not for the page");
  assert.deepEqual(
    failed.map((each) => ({ ...each, remedy: undefined })),
    [
      {
        issuer: 'acme',
        code: 'person_not_signed_in',
        reason: 'the issuer says access_denied: <b>no</b>',
        remedy: undefined,
        client: 'web',
        address: '127.0.0.1',
      },
    ],
  );
  acme.person = ada;
  assert.equal(await sites.continueWith('acme'), undefined);
  assert.match(sites.here.html, /Allow access/);
  acme.person = undefined;
  const other = new TwoSites(acme.issuer);
  await other.go((await authorize(config, request)).url);
  const left = new URL((await other.here.submit('answer', 'deny')) ?? '');
  assert.equal(left.searchParams.get('error'), 'access_denied');
});

test('the session remembers where the person has signed in', async () => {
  const tokens = await takeTokens();
  const { sid } = await introspect(tokens.access_token);
  const session = await running.store.artifacts.findByUid('Session', String(sid));
  const { at, ...origin } = { at: 0, ...(session?.payload['upstream'] as object) };
  assert.deepEqual(origin, { issuer: acme.issuer, subject: '00u1' });
  assert.ok(Math.abs(at - Date.now() / 1000) < 10);
});

test('a session that was begun with a password remembers no issuer', async () => {
  running.provider.reload({ ...running.options, accounts: [await anAccount('bob', password)] });
  const sites = new TwoSites(acme.issuer);
  const { url, checks } = await authorize(config, request);
  await sites.go(url);
  await sites.here.submit('answer', 'allow', { username: 'bob', password });
  const left = await sites.here.submit('answer', 'allow');
  const tokens = await openid.authorizationCodeGrant(config, new URL(left ?? ''), checks);
  const { sid } = await introspect(tokens.access_token);
  assert.equal((await running.store.artifacts.findByUid('Session', String(sid)))?.payload['upstream'], undefined);
});

test('a cut-off ends the sign-ins before it; who comes back from the issuer after it is in again', async () => {
  const sites = new TwoSites(acme.issuer);
  const tokens = await takeTokens({ ...request, max_age: '1000' }, sites);
  const { sub, iat } = await introspect(tokens.access_token);
  // Whole seconds: the next sign-in must be in a later one.
  await rest((Number(iat) + 1) * 1000 - Date.now() + 50);
  const entry = { issuer: running.issuer, kind: 'subject', value: String(sub), before: Number(iat) } as const;
  await running.revocations.revoke([{ ...entry, expiresAt: Date.now() + 60_000, actor: 'test' }]);
  assert.equal((await introspect(tokens.access_token)).active, false);
  await takeTokens(request, sites);
  assert.equal(acme.requests.length, 2, 'the session here was over');
  const again = await authorize(config, request);
  assert.match((await sites.go(again.url)) ?? '', /[?&]code=/, 'and the new one lasts');
});

test('when an issuer is offered no more, its sign-ins and refresh tokens are over', async () => {
  const sites = new TwoSites(acme.issuer);
  const tokens = await takeTokens(request, sites);
  running.provider.reload({ ...running.options, signIn: [betaSignIn()] });
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''), { error: 'invalid_grant' });
  const { url } = await authorize(config, request);
  assert.match((await sites.here.open(url)) ?? '', new RegExp(`^${beta.issuer}/auth`));
});

test('what must be registered at an issuer is announced at the start', async () => {
  const offers: object[] = [];
  const stop = federationOffered.listen((offer) => offers.push(offer));
  await running.another();
  stop();
  assert.deepEqual(offers, [{ issuer: 'acme', redirectUri: `${running.issuer}/federation/acme/callback` }]);
});

test('sign-ins in two tabs of one browser end each in its own', async () => {
  const sites = new TwoSites(acme.issuer);
  const tabs = [await authorize(config, request), await authorize(config, request)];
  const backs = [await sites.goThere(tabs[0]?.url ?? ''), await sites.goThere(tabs[1]?.url ?? '')];
  for (const [index, back] of backs.entries()) {
    let left = await sites.here.open(back ?? '');
    left ??= await sites.here.submit('answer', 'allow');
    assert.ok(await openid.authorizationCodeGrant(config, new URL(left ?? ''), tabs[index]?.checks));
  }
});

test('a code of another sign-in is worth nothing in this one', async () => {
  const [mine, another] = [new TwoSites(acme.issuer), new TwoSites(acme.issuer)];
  const back = new URL((await mine.goThere((await authorize(config, request)).url)) ?? '');
  acme.person = { ...ada, sub: '00u2' };
  const stolen = new URL((await another.goThere((await authorize(config, request)).url)) ?? '');
  back.searchParams.set('code', stolen.searchParams.get('code') ?? '');
  assert.equal(await mine.here.open(back.href), undefined);
  assert.equal(mine.here.status, 403);
  assert.match(mine.error ?? '', /does not confirm the sign-in/);
});

test('an issuer that announces iss and leaves it out is not who answers (RFC 9207)', async () => {
  const sites = new TwoSites(acme.issuer);
  const back = new URL((await sites.goThere((await authorize(config, request)).url)) ?? '');
  assert.equal(back.searchParams.get('iss'), acme.issuer);
  back.searchParams.delete('iss');
  assert.equal(await sites.here.open(back.href), undefined);
  assert.equal(sites.here.status, 400);
});

test('a sign-in that one process began, another ends', async (t) => {
  const another = await running.another();
  const port = await serve(t, (request, response) => another.handler(request, response));
  const sites = new TwoSites(acme.issuer);
  const { url, checks } = await authorize(config, request);
  const back = await sites.goThere(url);
  const resumed = await sites.here.open((back ?? '').replace(running.issuer, `http://127.0.0.1:${port}`));
  assert.equal(await sites.here.open(resumed ?? ''), undefined);
  const left = await sites.here.submit('answer', 'allow');
  assert.ok(await openid.authorizationCodeGrant(config, new URL(left ?? ''), checks));
  assert.equal(await sites.here.open(back ?? ''), undefined);
  assert.equal(sites.here.status, 400, 'and the first one knows that it is over');
});
