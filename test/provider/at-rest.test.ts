import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as openid from 'openid-client';
import { Browser } from '../fixtures/a-browser.ts';
import { anAccount, aProvider, ledgerApi, ordersApi, reporting } from '../fixtures/a-provider.ts';
import { authorize, password, relyingParty, signIn, takeTokens, web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';

test('whoever reads the store finds no value by which to be anyone', async (t) => {
  const accounts = [await anAccount('ada', password)];
  const running = await aProvider({ clients: [web, reporting], accounts });
  t.after(() => running.close());
  const config = await relyingParty(running.issuer, web);
  const browser = new Browser();
  const secrets: string[] = [web.secret, reporting.secret ?? '', password];
  for (const resource of [ordersApi.audience, ledgerApi.audience]) {
    const form = { grant_type: 'client_credentials', resource };
    secrets.push((await post(running.issuer, '/token', form, reporting)).json.access_token);
  }
  const { url, checks } = await authorize(config, { scope: 'openid orders:read' });
  await browser.open(url);
  secrets.push(browser.url.split('/').at(-1) ?? '', browser.cookie('gatehouse_interaction') ?? '');
  const left = await signIn(browser, url);
  secrets.push(left.searchParams.get('code') ?? '', browser.cookie('gatehouse_session') ?? '');
  const tokens = await openid.authorizationCodeGrant(config, left, checks);
  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
  for (const each of [tokens, refreshed]) secrets.push(each.access_token, each.refresh_token ?? '');
  const pending = await authorize(config, { scope: 'openid orders:write' });
  await browser.open(pending.url);
  assert.match(browser.html, /Allow access/);
  secrets.push(browser.url.split('/').at(-1) ?? '', browser.cookie('gatehouse_session') ?? '');
  const registered = await running.provider.clients.register({
    id: 'registered',
    authentication: 'secret',
    grants: ['client_credentials'],
  });
  secrets.push(registered?.secret ?? '');
  const files = ['', '-wal'].map((suffix) => readFileSync(`${running.path}${suffix}`, 'latin1')).join('');
  assert.ok(files.includes('orders:write'), 'the files hold what was stored');
  for (const secret of secrets) {
    assert.ok(secret.length > 15, `a secret was not found out: ${secret}`);
    assert.ok(!files.includes(secret), secret);
  }
});

test('all that was acknowledged is there after a restart: tokens, sign-ins, grants, keys, clients, revocations', async (t) => {
  const accounts = [await anAccount('ada', password)];
  const running = await aProvider({ clients: [web, reporting], accounts });
  t.after(() => running.close());
  const config = await relyingParty(running.issuer, web);
  const browser = new Browser();
  const kept = await takeTokens(config, { scope: 'openid offline_access orders:read', prompt: 'consent' }, browser);
  const dead = await takeTokens(config, { scope: 'ledger:read' }, browser);
  await openid.tokenRevocation(config, dead.access_token);
  const made = await running.provider.clients.register({
    id: 'registered',
    authentication: 'secret',
    grants: ['client_credentials'],
    scopes: ['orders:read'],
  });
  const keys = running.provider.jwks();
  await running.restart();
  assert.deepEqual(running.provider.jwks(), keys);
  const ask = async (token: string) => (await post(running.issuer, '/introspect', { token }, web)).json.active;
  assert.equal(await ask(kept.access_token), true);
  assert.equal(await ask(dead.access_token), false);
  assert.ok((await openid.refreshTokenGrant(config, kept.refresh_token ?? '')).access_token);
  const { url } = await authorize(config, { scope: 'orders:read' });
  assert.ok(await browser.open(url), 'still signed in, still allowed');
  const client = { id: 'registered', secret: made?.secret };
  assert.equal((await post(running.issuer, '/token', { grant_type: 'client_credentials' }, client)).status, 200);
});
