import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as openid from 'openid-client';
import { signInFailed, signInSucceeded } from '../../src/provider/index.ts';
import { Browser } from '../fixtures/a-browser.ts';
import { anAccount, aProvider, ledgerApi, ordersApi, type RunningProvider, reporting } from '../fixtures/a-provider.ts';
import { authorize, callback, password, relyingParty, signIn, spa, takeTokens, web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';

let running: RunningProvider;
let config: openid.Configuration;
const request = { scope: 'openid email orders:read', resource: ordersApi.audience };

before(async () => {
  const accounts = [await anAccount('ada', password)];
  running = await aProvider({ clients: [web, spa, reporting], accounts, limits: generous });
  config = await relyingParty(running.issuer, web);
});
after(() => running.close());

const generous = { account: { attempts: 1000, window: 1000 }, address: { attempts: 1000, window: 1000 } };

test('a person signs in, is asked for consent once, and the client gets access, refresh and ID tokens', async () => {
  const { url, checks } = await authorize(config, request);
  const browser = new Browser();
  assert.equal(await browser.open(url), undefined);
  assert.match(browser.html, /to continue to <strong>Web &#38; &#60;shop&#62;<\/strong>/);
  assert.equal(await browser.submit('answer', 'allow', { username: 'ada', password }), undefined);
  assert.match(browser.html, /use orders in your name[\s\S]*<code>orders:read<\/code>/);
  const left = new URL((await browser.submit('answer', 'allow')) ?? '');
  assert.equal(left.searchParams.get('iss'), running.issuer);
  assert.match(left.searchParams.get('code') ?? '', /^ghc_/);
  const tokens = await openid.authorizationCodeGrant(config, left, { ...checks, idTokenExpected: true });
  assert.match(tokens.access_token, /^gho_/);
  assert.match(tokens.refresh_token ?? '', /^ghr_/);
  assert.equal(tokens.claims()?.sub, 'ada');
  assert.equal(tokens.claims()?.['email'], 'ada@example.com');
  const again = await authorize(config, request);
  assert.ok(await browser.open(again.url), 'signed in and allowed already: nobody is asked');
});

test('claims of the account that the API wants are in its tokens, opaque and JWT alike, with the session', async () => {
  const jwt = await takeTokens(config, { scope: 'ledger:read' });
  const payload = JSON.parse(Buffer.from(jwt.access_token.split('.')[1] ?? '', 'base64url').toString());
  const opaque = await takeTokens(config, { scope: 'orders:read' });
  const introspected = await post(running.issuer, '/introspect', { token: opaque.access_token }, web);
  for (const claims of [payload, introspected.json]) {
    assert.equal(claims.sub, 'ada');
    assert.equal(claims.email_verified, true);
    assert.equal(claims.email, 'ada@example.com');
    assert.equal(claims.name, undefined);
    assert.ok(claims.sid.length > 10);
  }
});

test('a sign-in alone gives an access token for the userinfo endpoint', async () => {
  const tokens = await takeTokens(config, { scope: 'openid profile' });
  const info = await openid.fetchUserInfo(config, tokens.access_token, 'ada');
  assert.equal(info['name'], 'Ada Lovelace');
  assert.equal(info['email'], undefined);
  assert.equal((await post(running.issuer, '/introspect', { token: tokens.access_token }, web)).json.aud, undefined);
  await post(running.issuer, '/revoke', { token: tokens.access_token }, web);
  await assert.rejects(openid.fetchUserInfo(config, tokens.access_token, 'ada'));
});

test('a public client signs people in with PKCE alone', async () => {
  const tokens = await takeTokens(await relyingParty(running.issuer, spa), request);
  assert.match(tokens.access_token, /^gho_/);
});

test('a pushed authorization request (RFC 9126) is good for one use', async () => {
  const verifier = openid.randomPKCECodeVerifier();
  const challenge = await openid.calculatePKCECodeChallenge(verifier);
  const parameters = { ...request, redirect_uri: callback, code_challenge: challenge, code_challenge_method: 'S256' };
  const { href } = await openid.buildAuthorizationUrlWithPAR(config, parameters);
  assert.match(href, /request_uri=urn/);
  const left = await signIn(new Browser(), href);
  const tokens = await openid.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier });
  assert.match(tokens.access_token, /^gho_/);
  const again = new Browser();
  await again.open(href);
  assert.equal(again.status, 400);
  assert.match(again.html, /invalid_request_uri/);
});

test('a code is good for one exchange; another ends what it gave', async () => {
  const { url, checks } = await authorize(config, request);
  const left = await signIn(new Browser(), url);
  const tokens = await openid.authorizationCodeGrant(config, left, checks);
  await assert.rejects(openid.authorizationCodeGrant(config, left, checks), { error: 'invalid_grant' });
  assert.equal((await post(running.issuer, '/introspect', { token: tokens.access_token }, web)).json.active, false);
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''), { error: 'invalid_grant' });
});

test('one code, exchanged many times at the same moment, gives nothing that lasts', async () => {
  const { url, checks } = await authorize(config, request);
  const left = await signIn(new Browser(), url);
  const exchanges = Array.from({ length: 6 }, () => openid.authorizationCodeGrant(config, left, checks));
  const given = (await Promise.allSettled(exchanges)).flatMap((each) =>
    each.status === 'fulfilled' ? [each.value] : [],
  );
  assert.ok(given.length <= 1);
  for (const { access_token } of given) {
    assert.equal((await post(running.issuer, '/introspect', { token: access_token }, web)).json.active, false);
  }
});

test('a code with another verifier, redirect URI or client is refused', async () => {
  const { url, checks } = await authorize(config, request);
  const left = await signIn(new Browser(), url);
  const form = { grant_type: 'authorization_code', code: left.searchParams.get('code') ?? '', redirect_uri: callback };
  const verifier = { code_verifier: checks.pkceCodeVerifier };
  const exchange = (changed: Record<string, string>, client: { id: string; secret?: string | undefined } = web) =>
    post(running.issuer, '/token', { ...form, ...verifier, ...changed }, client);
  assert.equal((await exchange({ code_verifier: 'x'.repeat(43) })).json.error, 'invalid_grant');
  assert.equal((await post(running.issuer, '/token', form, web)).json.error, 'invalid_grant');
  assert.equal((await exchange({ redirect_uri: `${callback}/` })).json.error, 'invalid_grant');
  assert.equal((await exchange({}, spa)).json.error, 'invalid_grant');
  assert.equal((await exchange({})).status, 200);
});

test('a request without PKCE, or with the plain method, is sent back refused', async () => {
  const { url } = await authorize(config, request);
  for (const change of [{ code_challenge: null }, { code_challenge_method: 'plain' }, { response_type: 'token' }]) {
    const changed = new URL(url);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) changed.searchParams.delete(name);
      else changed.searchParams.set(name, value);
    }
    const left = await new Browser().open(changed.href);
    assert.match(left ?? '', /[?#]error=(invalid_request|unsupported_response_type)&/);
  }
});

test('a redirect URI that is not registered to the letter gets a page, never a redirect', async () => {
  const { url } = await authorize(config, request);
  for (const uri of [`${callback}/`, `${callback}?x=1`, 'https://evil.example/callback', callback.toUpperCase(), '']) {
    const changed = new URL(url);
    changed.searchParams.set('redirect_uri', uri);
    const browser = new Browser();
    assert.equal(await browser.open(changed.href), undefined, uri);
    assert.equal(browser.status, 400);
  }
});

test('scopes and resources are judged before anyone is asked', async () => {
  const errors: string[] = [];
  for (const parameters of [
    { scope: 'orders:delete' },
    { scope: 'openid', resource: 'https://api.example/unknown' },
    { scope: 'orders:read ledger:read' },
    { resource: ordersApi.audience },
  ]) {
    const { url } = await authorize(config, parameters as Record<string, string>);
    const left = new URL((await new Browser().open(url)) ?? '');
    errors.push(left.searchParams.get('error') ?? '');
    assert.equal(left.searchParams.get('iss'), running.issuer);
  }
  assert.deepEqual(errors, ['invalid_scope', 'invalid_target', 'invalid_target', 'invalid_scope']);
});

test('a person who refuses, on either page, is sent back with access_denied', async () => {
  for (const page of ['sign-in', 'consent']) {
    const { url } = await authorize(config, { ...request, scope: 'openid orders:write' });
    const browser = new Browser();
    await browser.open(url);
    if (page === 'consent') await browser.submit('answer', 'allow', { username: 'ada', password });
    const left = new URL((await browser.submit('answer', 'deny')) ?? '');
    assert.equal(left.searchParams.get('error'), 'access_denied');
    assert.equal(left.searchParams.get('code'), null);
  }
});

test('a wrong password and an unknown username are told in the same words, and announced without what was typed', async () => {
  const failed: object[] = [];
  const stop = signInFailed.listen((message) => failed.push(message));
  const pages: string[] = [];
  for (const username of ['ada', 'nobody']) {
    const { url } = await authorize(config, request);
    const browser = new Browser();
    await browser.open(url);
    await browser.submit('answer', 'allow', { username, password: 'wrong <password>' });
    assert.equal(browser.status, 403);
    pages.push(/<p class="error"[^>]*>([^<]*)/.exec(browser.html)?.[1] ?? '');
    assert.ok(!browser.html.includes('wrong'.concat(' &#60;password')));
  }
  stop();
  assert.equal(pages[0], pages[1]);
  assert.deepEqual(failed, [
    { subject: 'ada', client: 'web', address: '127.0.0.1' },
    { subject: undefined, client: 'web', address: '127.0.0.1' },
  ]);
});

test('the pages work without scripts and forbid them, and cannot be framed', async () => {
  const { url } = await authorize(config, { ...request, login_hint: '"><script>alert(1)</script>' });
  const browser = new Browser();
  await browser.open(url);
  assert.ok(!/<script/i.test(browser.html));
  assert.match(browser.html, /value="&#34;&#62;&#60;script/);
  const policy = browser.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /form-action 'self' https:\/\/app\.example\.com;/);
  assert.equal(browser.headers.get('cache-control'), 'no-store');
  assert.equal(browser.headers.get('referrer-policy'), 'no-referrer');
  assert.match(browser.html, /<html lang="en">[\s\S]*<label for="password">/);
});

test('a form is answered only with its own token, in the browser that it was made for', async () => {
  const { url } = await authorize(config, request);
  const browser = new Browser();
  await browser.open(url);
  const page = browser.url;
  const answer = { answer: 'allow', username: 'ada', password };
  const send = (token: string) =>
    browser.open(page, { method: 'POST', body: new URLSearchParams({ ...answer, token }) });
  for (const token of ['', 'forged']) {
    assert.equal(await send(token), undefined);
    assert.equal(browser.status, 400);
  }
  await browser.open(page, { method: 'POST', body: JSON.stringify(answer), headers: { 'content-type': 'text/plain' } });
  assert.equal(browser.status, 400);
  await browser.open(page, { method: 'PUT' });
  assert.equal(browser.status, 405);
  const stranger = new Browser();
  await stranger.open(page);
  assert.equal(stranger.status, 400);
  await browser.open(page.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')));
  assert.equal(browser.status, 400);
});

test('signing out ends the session and what was granted without offline_access', async () => {
  const browser = new Browser();
  const lasting = await takeTokens(config, { ...request, scope: `${request.scope} offline_access`, prompt: 'consent' });
  const tokens = await takeTokens(config, request, browser);
  await browser.open(
    openid.buildEndSessionUrl(config, { post_logout_redirect_uri: web.postLogoutRedirectUris[0] }).href,
  );
  assert.match(browser.html, /Do you want to sign out\?/);
  assert.match(browser.headers.get('content-security-policy') ?? '', /form-action 'self' https:\/\/app\.example\.com;/);
  assert.equal(await browser.submit('logout', 'yes'), web.postLogoutRedirectUris[0]);
  assert.equal((await post(running.issuer, '/introspect', { token: tokens.access_token }, web)).json.active, false);
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''), { error: 'invalid_grant' });
  assert.ok((await openid.refreshTokenGrant(config, lasting.refresh_token ?? '')).access_token);
  const { url } = await authorize(config, request);
  assert.equal(await browser.open(url), undefined);
  assert.match(browser.html, /name="password"/);
});

test('who signed in is announced, without secrets', async () => {
  const messages: object[] = [];
  const stop = signInSucceeded.listen((message) => messages.push(message));
  await takeTokens(config, request);
  stop();
  assert.deepEqual(messages, [{ subject: 'ada', client: 'web', address: '127.0.0.1' }]);
});

test('the sign-in of someone whose account is gone is over, and so are refresh tokens', async () => {
  const browser = new Browser();
  const tokens = await takeTokens(config, request, browser);
  const { provider, options } = running;
  provider.reload({ ...options, accounts: [await anAccount('bob', password)] });
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''), { error: 'invalid_grant' });
  const { url } = await authorize(config, request);
  await browser.open(url);
  assert.match(browser.html, /name="password"/);
  provider.reload(options);
});

test('a form that is too long is refused in words', async () => {
  const { url } = await authorize(config, request);
  const browser = new Browser();
  await browser.open(url);
  await browser.open(browser.url, { method: 'POST', body: new URLSearchParams({ username: 'x'.repeat(100_000) }) });
  assert.equal(browser.status, 400);
});

test('a sign-in alone can be pushed as well', async () => {
  const verifier = openid.randomPKCECodeVerifier();
  const challenge = await openid.calculatePKCECodeChallenge(verifier);
  const parameters = {
    scope: 'openid',
    redirect_uri: callback,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  const { href } = await openid.buildAuthorizationUrlWithPAR(config, parameters);
  const left = await signIn(new Browser(), href);
  const tokens = await openid.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier });
  assert.equal((await openid.fetchUserInfo(config, tokens.access_token, 'ada')).sub, 'ada');
});

test('the audience of a JWT is the API that was asked for, and the client is named in it', async () => {
  const { access_token } = await takeTokens(config, { scope: 'openid ledger:read', resource: ledgerApi.audience });
  const { aud, client_id, scope } = JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString());
  assert.deepEqual([aud, client_id, scope], [ledgerApi.audience, 'web', 'ledger:read']);
});
