import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as openid from 'openid-client';
import { sha256Hex } from '../../src/base/sha256.ts';
import { principalOfToken } from '../../src/provider/own-principal.ts';
import { tokenHashes } from '../../src/tokens/index.ts';
import { anAccount, aProvider, ledgerApi, ordersApi, type RunningProvider, reporting } from '../fixtures/a-provider.ts';
import { password, relyingParty, spa, takeTokens, web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';

let running: RunningProvider;
let config: openid.Configuration;

before(async () => {
  running = await aProvider({ clients: [web, spa, reporting], accounts: [await anAccount('ada', password)] });
  config = await relyingParty(running.issuer, web);
});
after(() => running.close());

async function take(resource: string): Promise<string> {
  const form = { grant_type: 'client_credentials', resource };
  return (await post(running.issuer, '/token', form, reporting)).json.access_token;
}

const revoke = (token: string, client: { id: string; secret?: string | undefined } = reporting, more = {}) =>
  post(running.issuer, '/revoke', { token, ...more }, client);

async function isActive(token: string, client = reporting): Promise<boolean> {
  return (await post(running.issuer, '/introspect', { token }, client)).json.active;
}

test('after the answer, a revoked token of either kind is in the log and in this process', async () => {
  for (const audience of [ordersApi.audience, ledgerApi.audience]) {
    const token = await take(audience);
    const { jti } = (await post(running.issuer, '/introspect', { token }, reporting)).json;
    const { status, text } = await revoke(token);
    assert.deepEqual([status, text], [200, '']);
    const entries = await running.store.revocationLog.list({ kind: 'jti', value: jti, limit: 10 });
    assert.equal(entries.length, 1);
    assert.equal(entries[0]?.actor, 'client:reporting');
    assert.equal(running.revocations.index.lastSeq, entries[0]?.seq);
    assert.equal(await isActive(token), false);
  }
});

test('the twin of a revoked JWT, which has another hash and is as validly signed, is dead too', async () => {
  const token = await take(ledgerApi.audience);
  await revoke(token);
  const [, twin = ''] = tokenHashes(token);
  assert.notEqual(twin, '');
  const issued = await running.store.tokenRegistry.find(sha256Hex(token));
  assert.ok(issued);
  const principal = principalOfToken(running.issuer, { ...issued, hash: twin });
  assert.equal(running.revocations.index.match(principal)?.kind, 'jti');
});

test('revoking twice, with a wrong hint, or what does not exist, is a success (RFC 7009 section 2.2)', async () => {
  const token = await take(ordersApi.audience);
  const head = await running.store.revocationLog.head();
  for (const hint of ['refresh_token', 'access_token', 'unheard_of']) {
    assert.equal((await revoke(token, reporting, { token_type_hint: hint })).status, 200);
  }
  assert.equal(await running.store.revocationLog.head(), head + 1);
  for (const stranger of ['x', 'a.b.c', 'eyJhbGciOiJFUzI1NiJ9.e30.AA']) {
    assert.equal((await revoke(stranger)).status, 200);
  }
});

test("another client's token is refused, and stays alive", async () => {
  for (const audience of [ordersApi.audience, ledgerApi.audience]) {
    const token = await take(audience);
    for (const other of [web, spa]) {
      const { status, json } = await revoke(token, other);
      assert.deepEqual([status, json.error], [400, 'invalid_grant']);
    }
    assert.equal(await isActive(token), true);
  }
});

test('without client authentication nothing is revoked', async () => {
  const token = await take(ledgerApi.audience);
  assert.equal((await revoke(token, { id: 'reporting', secret: 'wrong' })).status, 401);
  assert.equal((await revoke(token, { id: 'reporting' })).status, 401);
  assert.equal((await post(running.issuer, '/revoke', { token })).status, 400);
  assert.equal(await isActive(token), true);
});

test('an access token is revoked alone, a refresh token with all that came from its grant', async () => {
  const first = await takeTokens(config, { scope: 'orders:read' });
  const second = await openid.refreshTokenGrant(config, first.refresh_token ?? '');
  await openid.tokenRevocation(config, first.access_token);
  assert.equal(await isActive(first.access_token, web), false);
  assert.equal(await isActive(second.access_token, web), true);
  await openid.tokenRevocation(config, second.refresh_token ?? '');
  assert.equal(await isActive(second.access_token, web), false);
  await assert.rejects(openid.refreshTokenGrant(config, second.refresh_token ?? ''), { error: 'invalid_grant' });
});

test('a public client revokes its own tokens', async () => {
  const tokens = await takeTokens(await relyingParty(running.issuer, spa), { scope: 'ledger:read' });
  assert.equal((await revoke(tokens.access_token, spa)).status, 200);
  const { tokens: live } = await running.provider.tokens.list({ client: 'spa', limit: 10 });
  assert.deepEqual(live, []);
});

test('a refresh token that was used, or whose session has ended, still ends its family when it is revoked', async () => {
  const first = await takeTokens(config, { scope: 'orders:read' });
  const second = await openid.refreshTokenGrant(config, first.refresh_token ?? '');
  await openid.tokenRevocation(config, first.refresh_token ?? '');
  assert.equal(await isActive(second.access_token, web), false);
});
