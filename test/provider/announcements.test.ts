import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import * as openid from 'openid-client';
import * as provider from '../../src/provider/index.ts';
import { Browser } from '../fixtures/a-browser.ts';
import { anAccount, aProvider, ledgerApi, ordersApi, reporting } from '../fixtures/a-provider.ts';
import { authorize, password, relyingParty, signIn, web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';

const channels = [
  provider.familyEnded,
  provider.guessingLimited,
  provider.keysRotated,
  provider.providerFailed,
  provider.requestRefused,
  provider.signInFailed,
  provider.signInSucceeded,
  provider.tokenIssued,
  provider.tokensRevoked,
];

test('what happens is announced, and no announcement holds a token, code, password or secret', async (t) => {
  const running = await aProvider({ clients: [web, reporting], accounts: [await anAccount('ada', password)] });
  t.after(() => running.close());
  const heard: { name: string; text: string }[] = [];
  const stops = channels.map((channel) =>
    channel.listen((message: object) => heard.push({ name: channel.name, text: JSON.stringify(message) })),
  );
  const secrets: string[] = [web.secret, reporting.secret ?? '', password, 'mistyped secret', 'mistyped password'];
  const config = await relyingParty(running.issuer, web);
  const browser = new Browser();
  const { url, checks } = await authorize(config, { scope: 'openid orders:read' });
  await browser.open(url);
  await browser.submit('answer', 'allow', { username: 'mistyped password', password: 'mistyped password' });
  const left = await signIn(browser, url);
  const tokens = await openid.authorizationCodeGrant(config, left, checks);
  const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''));
  const form = { grant_type: 'client_credentials', resource: ledgerApi.audience };
  const jwt = (await post(running.issuer, '/token', form, reporting)).json.access_token;
  await post(running.issuer, '/revoke', { token: jwt }, reporting);
  await post(running.issuer, '/token', form, { id: 'reporting', secret: 'mistyped secret' });
  await post(running.issuer, '/token', { ...form, resource: `${ordersApi.audience}/other` }, reporting);
  await running.provider.rotateKeys();
  for (const stop of stops) stop();
  for (const each of [tokens, next]) secrets.push(each.access_token, each.refresh_token ?? '');
  secrets.push(jwt, left.searchParams.get('code') ?? '', browser.cookie('gatehouse_session') ?? '');
  for (const secret of secrets) assert.ok(!heard.some(({ text }) => text.includes(secret)), secret);
  const count = (name: string) => heard.filter((each) => each.name === `gatehouse:provider:${name}`).length;
  assert.deepEqual(
    ['token-issued', 'sign-in-succeeded', 'sign-in-failed', 'family-ended', 'tokens-revoked', 'keys-rotated'].map(
      count,
    ),
    [3, 1, 1, 1, 1, 1],
  );
  const refused = heard.filter(({ name }) => name === 'gatehouse:provider:refused').map(({ text }) => JSON.parse(text));
  assert.deepEqual(
    refused.map(({ endpoint, client, error }) => [endpoint, client, error]),
    [
      ['token', 'web', 'invalid_grant'],
      ['token', 'reporting', 'invalid_client'],
      ['token', 'reporting', 'invalid_target'],
    ],
  );
  assert.equal(refused[0].reason, 'refresh token already used');
  assert.equal(count('failed'), 0);
});

test('clients that break off, or go on in what is no HTTP, are no failure of the provider', async (t) => {
  const running = await aProvider({ clients: [reporting] });
  t.after(() => running.close());
  const failures: unknown[] = [];
  t.after(provider.providerFailed.listen((failure) => failures.push(failure)));
  const { port, host } = new URL(running.listening);
  const head = `POST /token HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
  const discovery = `GET /.well-known/openid-configuration HTTP/1.1\r\nHost: ${host}\r\n`;
  for (const bytes of [
    `${head}Transfer-Encoding: chunked\r\n\r\nno chunk\r\n`,
    `${head}Content-Length: 100\r\n\r\ngrant_type=`,
    `${discovery}Connection: close\r\n\r\nand something behind`,
    `${discovery}\r\nand something behind`,
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
      socket.setTimeout(100, () => socket.resetAndDestroy());
      socket.on('data', () => undefined).on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  }
  assert.equal((await fetch(new URL('/.well-known/openid-configuration', running.listening))).status, 200);
  assert.deepEqual(failures, []);
});
