import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { guessingLimited, type ProviderOptions } from '../../src/provider/index.ts';
import { Browser } from '../fixtures/a-browser.ts';
import { anAccount, aProvider, ordersApi, type RunningProvider, reporting } from '../fixtures/a-provider.ts';
import { authorize, password, relyingParty, spa, web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';

let running: RunningProvider;
afterEach(() => running.close());

const hour = 3_600_000;
const strict = {
  account: { attempts: 3, window: hour },
  client: { attempts: 4, window: hour },
  address: { attempts: 8, window: hour },
};

async function start(options: Partial<ProviderOptions> = {}): Promise<void> {
  const accounts = [await anAccount('ada', password), await anAccount('bob', password)];
  running = await aProvider({ clients: [web, spa, reporting], accounts, limits: strict, ...options });
}

const form = { grant_type: 'client_credentials', resource: ordersApi.audience };

function take(secret: string | undefined, address = '127.0.0.1', id = 'reporting') {
  return post(running.issuer, '/token', form, { id, secret }, { 'x-forwarded-for': address });
}

test('guessing the secret of a client is slowed down, for the right secret too, and the answer says until when', async () => {
  await start();
  const named: (string | undefined)[] = [];
  const stop = guessingLimited.listen(({ name }) => named.push(name));
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) statuses.push((await take(`guess ${n}`)).status);
  assert.deepEqual(statuses, [401, 401, 401, 401, 429, 429]);
  const { status, json, headers } = await take(reporting.secret);
  stop();
  assert.deepEqual([status, json.error], [429, 'temporarily_unavailable']);
  const retryAfter = Number(headers.get('retry-after'));
  assert.ok(retryAfter > 800 && retryAfter <= 900, String(retryAfter));
  assert.deepEqual(named, ['client:reporting', 'client:reporting', 'client:reporting']);
});

test('many guesses at the same moment gain nothing', async () => {
  await start();
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => take(`guess ${n}`)));
  assert.equal(answers.filter(({ status }) => status === 401).length, 4);
});

test('a client that has authenticated from an address is not locked out by guesses from elsewhere', async () => {
  await start({ trustedProxies: ['127.0.0.1'] });
  assert.equal((await take(reporting.secret, '192.0.2.1')).status, 200);
  for (let n = 0; n < 12; n += 1) await take(`guess ${n}`, '198.51.100.7');
  assert.equal((await take(reporting.secret, '198.51.100.7')).status, 429);
  for (let n = 0; n < 20; n += 1) assert.equal((await take(reporting.secret, '192.0.2.1')).status, 200);
});

test('what a caller says of its address counts only when a trusted proxy passes it on', async () => {
  await start();
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) statuses.push((await take(`guess ${n}`, `192.0.2.${n}`)).status);
  assert.deepEqual(statuses.slice(4), [429, 429]);
});

test('guessing codes, refresh tokens and clients is slowed down by address, whatever the caller accepts', async () => {
  await start({ trustedProxies: ['127.0.0.0/8'] });
  const guess = (n: number, address: string) =>
    post(
      running.issuer,
      '/token',
      n % 2 === 0
        ? { grant_type: 'refresh_token', refresh_token: `ghr_${n}` }
        : { grant_type: 'authorization_code', code: `ghc_${n}`, redirect_uri: web.redirectUris[0], code_verifier: 'v' },
      n % 3 === 0 ? { id: `nobody-${n}` } : spa,
      { accept: 'text/html', 'x-forwarded-for': address },
    );
  const statuses: number[] = [];
  for (let n = 0; n < 10; n += 1) statuses.push((await guess(n, '192.0.2.1')).status);
  assert.ok(statuses.slice(0, 8).every((status) => status === 400 || status === 401));
  assert.deepEqual(statuses.slice(8), [429, 429]);
  assert.notEqual((await guess(2, '192.0.2.2')).status, 429);
});

test('the sign-in page slows down guessing of one account, and of many accounts from one address', async () => {
  await start({ trustedProxies: ['127.0.0.1'] });
  const config = await relyingParty(running.issuer, web);
  const attempt = async (username: string, typed: string, address: string) => {
    const { url } = await authorize(config, { scope: 'openid' });
    const browser = new Browser();
    const headers = { 'x-forwarded-for': address };
    await browser.open(url, { headers });
    const token = /name="token" value="([^"]*)"/.exec(browser.html)?.[1] ?? '';
    const body = new URLSearchParams({ token, username, password: typed, answer: 'allow' });
    await browser.open(browser.url, { method: 'POST', body, headers });
    return browser;
  };
  const statuses: number[] = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await attempt('ada', `guess ${n}`, '192.0.2.1')).status);
  assert.deepEqual(statuses, [403, 403, 403, 429, 429]);
  const locked = await attempt('ada', password, '192.0.2.1');
  assert.equal(locked.status, 429);
  assert.match(locked.html, /Try again in \d+ minutes/);
  assert.ok(Number(locked.headers.get('retry-after')) > 0);
  assert.match((await attempt('bob', password, '192.0.2.9')).html, /Allow access/);
  const many: number[] = [];
  for (let n = 0; n < 10; n += 1) many.push((await attempt(`someone-${n}`, 'guess', '192.0.2.2')).status);
  assert.deepEqual(many.slice(7), [403, 429, 429]);
});
