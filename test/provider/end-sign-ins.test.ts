import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as openid from 'openid-client';
import { type EndedSignIns, signInsEnded } from '../../src/provider/index.ts';
import { aForeignOp, type ForeignOp, foreignClient } from '../fixtures/a-foreign-op.ts';
import { aProvider, ordersApi, type RunningProvider } from '../fixtures/a-provider.ts';
import { announcedDuring } from '../fixtures/a-receiver.ts';
import { authorize, relyingParty, web } from '../fixtures/a-sign-in.ts';
import { post } from '../fixtures/a-token-client.ts';
import { TwoSites } from '../fixtures/two-sites.ts';

let acme: ForeignOp;
let running: RunningProvider;
let config: openid.Configuration;
const request = { scope: 'openid offline_access orders:read', resource: ordersApi.audience, prompt: 'consent' };
const ada = { sub: '00u1' };

before(async () => {
  acme = await aForeignOp();
  const signIn = [{ name: 'acme', issuer: acme.issuer, client: foreignClient, scopes: [] }];
  running = await aProvider({ apis: [ordersApi], clients: [web], signIn });
  const redirectUri = `${running.issuer}/federation/acme/callback`;
  acme.register(redirectUri, {
    clients: [
      {
        client_id: foreignClient.id,
        client_secret: foreignClient.secret,
        redirect_uris: [redirectUri],
        backchannel_logout_uri: `${running.issuer}/unused`,
        // Its ID tokens name the session then.
        backchannel_logout_session_required: true,
      },
    ],
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
  });
  config = await relyingParty(running.issuer, web);
});
after(async () => {
  await running.close();
  await acme.close();
});
beforeEach(() => {
  acme.person = ada;
});

interface SignedIn {
  readonly sites: TwoSites;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** `sid` there. */
  readonly session: string;
  /** `sid` here. */
  readonly own: string;
}

async function signIn(person = ada): Promise<SignedIn> {
  acme.person = person;
  const sites = new TwoSites(acme.issuer);
  const { url, checks } = await authorize(config, request);
  let left = await sites.go(url);
  if (left === undefined) left = await sites.here.submit('answer', 'allow');
  assert.ok(left, sites.here.html);
  const tokens = await openid.authorizationCodeGrant(config, new URL(left), checks);
  const own = String((await introspect(tokens.access_token))['sid']);
  const row = await running.store.artifacts.findByUid('Session', own);
  const { session = '' } = (row?.payload['upstream'] ?? {}) as { session?: string };
  assert.notEqual(session, '');
  return { sites, accessToken: tokens.access_token, refreshToken: tokens.refresh_token ?? '', session, own };
}

async function introspect(token: string): Promise<Readonly<Record<string, unknown>>> {
  return (await post(running.issuer, '/introspect', { token }, web)).json;
}

/** Whether the access token, the refresh token and the sign-in itself are good. */
async function lives({ accessToken, refreshToken, sites }: SignedIn): Promise<readonly boolean[]> {
  const { active } = await introspect(accessToken);
  const refreshed = (await introspect(refreshToken))['active'];
  const { url } = await authorize(config, { ...request, prompt: 'none' });
  const left = (await sites.here.open(url)) ?? '';
  return [active === true, refreshed === true, !/error=login_required/.test(left)];
}

function ended(more: Partial<EndedSignIns>): EndedSignIns {
  const before = Math.floor(Date.now() / 1000);
  return {
    issuer: acme.issuer,
    subject: undefined,
    session: undefined,
    before,
    actor: 'test',
    reason: 'test',
    ...more,
  };
}

test('the sign-in that came from a session ends with it, and all its tokens, and no other does', async () => {
  const [one, other, bob] = [await signIn(), await signIn(), await signIn({ sub: '00u2' })];
  const messages = await announcedDuring(signInsEnded, async () => {
    assert.equal(await running.provider.endSignIns(ended({ session: one.session, subject: ada.sub })), 1);
  });
  assert.deepEqual(messages, [
    { issuer: acme.issuer, sessions: [one.own], subject: undefined, actor: 'test', reason: 'test' },
  ]);
  assert.deepEqual(await lives(one), [false, false, false]);
  assert.deepEqual(
    [await lives(other), await lives(bob)],
    [
      [true, true, true],
      [true, true, true],
    ],
  );
});

test('all sign-ins of a person end, in whatever browser, and somebody else’s do not', async () => {
  const mine = { sub: '00u3' };
  const [one, two, bob] = [await signIn(mine), await signIn(mine), await signIn({ sub: '00u2' })];
  assert.equal(await running.provider.endSignIns(ended({ subject: mine.sub })), 2);
  assert.deepEqual(
    [await lives(one), await lives(two)],
    [
      [false, false, false],
      [false, false, false],
    ],
  );
  assert.deepEqual(await lives(bob), [true, true, true]);
});

test('who signed in after the person’s sessions had ended stays, however late that is said', async () => {
  const one = await signIn({ sub: '00u4' });
  const before = Math.floor(Date.now() / 1000) - 60;
  assert.equal(await running.provider.endSignIns(ended({ subject: '00u4', before })), 0);
  assert.deepEqual(await lives(one), [true, true, true]);
});

test('nobody here, or at another issuer, is nobody', async () => {
  const one = await signIn({ sub: '00u5' });
  assert.equal(await running.provider.endSignIns(ended({ subject: 'nobody' })), 0);
  assert.equal(await running.provider.endSignIns(ended({ issuer: 'https://other.example', subject: '00u5' })), 0);
  assert.equal(await running.provider.endSignIns(ended({ issuer: 'https://other.example', session: one.session })), 0);
  assert.deepEqual(await lives(one), [true, true, true]);
});

test('a sign-in that is found too late ends by what the log says of where it came from', async () => {
  const one = await signIn({ sub: '00u6' });
  const entry = {
    issuer: acme.issuer,
    kind: 'session',
    value: one.session,
    before: Math.floor(Date.now() / 1000),
  } as const;
  await running.revocations.revoke([{ ...entry, expiresAt: Date.now() + 60_000, actor: 'test' }]);
  assert.equal((await lives(one))[2], false);
});
