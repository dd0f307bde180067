import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as openid from 'openid-client';
import { checksumFits } from '../../src/opaque/index.ts';
import { familyEnded } from '../../src/provider/index.ts';
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

const scope = 'openid offline_access orders:read orders:write';

async function isActive(token: string | undefined): Promise<boolean> {
  return (await post(running.issuer, '/introspect', { token: token ?? '' }, web)).json.active;
}

test('a refresh token rotates with each use, and the API stays the one that was granted', async () => {
  const first = await takeTokens(config, { scope, prompt: 'consent' });
  const second = await openid.refreshTokenGrant(config, first.refresh_token ?? '');
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.ok(checksumFits(second.refresh_token ?? ''));
  assert.ok(await isActive(first.access_token), 'a refresh ends no access token');
  const { aud, sub } = (await post(running.issuer, '/introspect', { token: second.access_token }, web)).json;
  assert.deepEqual([aud, sub], [ordersApi.audience, 'ada']);
});

test('a refresh can ask for less, never for more', async () => {
  const { refresh_token = '' } = await takeTokens(config, { scope: 'orders:read' });
  await assert.rejects(openid.refreshTokenGrant(config, refresh_token, { scope: 'orders:read orders:write' }), {
    error: 'invalid_scope',
  });
  const wide = await takeTokens(config, { scope: 'orders:read orders:write' });
  const less = await openid.refreshTokenGrant(config, wide.refresh_token ?? '', { scope: 'orders:read' });
  assert.equal(less.scope, 'orders:read');
});

test('a client that names a wrong API is told so, and loses nothing', async () => {
  const { access_token, refresh_token = '' } = await takeTokens(config, { scope: 'orders:read' });
  for (const resource of [ledgerApi.audience, 'https://nobody.example']) {
    await assert.rejects(openid.refreshTokenGrant(config, refresh_token, { resource }), { error: 'invalid_target' });
  }
  const renewed = await openid.refreshTokenGrant(config, refresh_token, { resource: ordersApi.audience });
  assert.ok(await isActive(renewed.access_token));
  assert.ok(await isActive(access_token));
});

for (const granted of [scope, 'offline_access ledger:read']) {
  test(`a replayed refresh token ends its whole family, access tokens included: ${granted}`, async () => {
    const ended: { reason: string; accessTokens: number }[] = [];
    const stop = familyEnded.listen((message) => ended.push(message));
    const first = await takeTokens(config, { scope: granted, prompt: 'consent' });
    const second = await openid.refreshTokenGrant(config, first.refresh_token ?? '');
    const third = await openid.refreshTokenGrant(config, second.refresh_token ?? '');
    await assert.rejects(openid.refreshTokenGrant(config, first.refresh_token ?? ''), { error: 'invalid_grant' });
    stop();
    assert.deepEqual(
      ended.map(({ reason, accessTokens }) => [reason, accessTokens]),
      [['refresh_token_replayed', 3]],
    );
    for (const { access_token } of [first, second, third]) assert.equal(await isActive(access_token), false);
    for (const { refresh_token } of [first, second, third]) {
      await assert.rejects(openid.refreshTokenGrant(config, refresh_token ?? ''), { error: 'invalid_grant' });
    }
  });
}

test('one refresh token, used many times at the same moment, leaves nothing that works', async () => {
  const first = await takeTokens(config, { scope, prompt: 'consent' });
  const attempts = Array.from({ length: 8 }, () => openid.refreshTokenGrant(config, first.refresh_token ?? ''));
  const given = (await Promise.allSettled(attempts)).flatMap((each) =>
    each.status === 'fulfilled' ? [each.value] : [],
  );
  assert.ok(given.length <= 1);
  for (const { access_token, refresh_token } of [first, ...given]) {
    assert.equal(await isActive(access_token), false);
    await assert.rejects(openid.refreshTokenGrant(config, refresh_token ?? ''), { error: 'invalid_grant' });
  }
});

test('a refresh token of another client is refused, and stays good for its own', async () => {
  const { refresh_token = '' } = await takeTokens(config, { scope: 'orders:read' });
  const other = await relyingParty(running.issuer, spa);
  await assert.rejects(openid.refreshTokenGrant(other, refresh_token), { error: 'invalid_grant' });
  assert.ok((await openid.refreshTokenGrant(config, refresh_token)).access_token);
});

test('when all tokens of a subject are revoked, neither refresh token nor sign-in makes new ones', async () => {
  const before = await takeTokens(config, { scope, prompt: 'consent' });
  await running.provider.tokens.revoke({ subject: 'ada' }, { actor: 'test', reason: 'the account was taken over' });
  assert.equal(await isActive(before.access_token), false);
  await assert.rejects(openid.refreshTokenGrant(config, before.refresh_token ?? ''), { error: 'invalid_grant' });
});
