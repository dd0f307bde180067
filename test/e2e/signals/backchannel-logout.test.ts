import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as openid from 'openid-client';
import { aForeignOp, type ForeignOp, foreignClient } from '../../fixtures/a-foreign-op.ts';
import { authorize, callback, relyingParty } from '../../fixtures/a-sign-in.ts';
import { TwoSites } from '../../fixtures/two-sites.ts';
import { until } from '../../store/until.ts';
import { anUpstream, type Upstream } from '../an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from '../assembled-gatehouse.ts';
import { audience, signalsConfig } from './signals-config.ts';

const web = { id: 'web', secret: 'a secret of the web shop', grants: ['authorization_code', 'refresh_token'] as const };
const request = { scope: 'openid offline_access orders:read', resource: audience, prompt: 'consent' };

let op: ForeignOp;
let upstream: Upstream;
let gatehouse: AssembledGatehouse;
let config: openid.Configuration;

before(async () => {
  op = await aForeignOp();
  upstream = await anUpstream();
  gatehouse = await assembleGatehouse((ports) =>
    signalsConfig(ports, {
      upstream: upstream.url,
      issuers: `
  acme: { preset: oidc, issuer: "${op.issuer}", signIn: { client: { id: ${foreignClient.id}, secret: "${foreignClient.secret}" }, scopes: [openid] } }`,
      signals: `
  receivers: { acme: { issuer: acme, logout: { clients: [${foreignClient.id}] } } }`,
      more: `
clients:
  - { id: web, secret: "${web.secret}", grants: [authorization_code, refresh_token], redirectUris: ["${callback}"], scopes: [orders:read] }`,
    }),
  );
  const redirectUri = `${gatehouse.provider}/federation/acme/callback`;
  op.register(redirectUri, {
    clients: [
      {
        client_id: foreignClient.id,
        client_secret: foreignClient.secret,
        redirect_uris: [redirectUri],
        backchannel_logout_uri: `${gatehouse.signals}/logout/acme`,
        backchannel_logout_session_required: true,
      },
    ],
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    // By itself it calls nobody on this machine.
    fetch(url, options = {}) {
      const { dispatcher: _, ...plain } = options;
      return fetch(url, plain);
    },
  });
  config = await relyingParty(gatehouse.provider, { ...web, grants: [...web.grants] });
});
after(async () => {
  await gatehouse?.remove();
  await upstream?.close();
  await op?.close();
});

async function signIn() {
  const sites = new TwoSites(op.issuer);
  const { url, checks } = await authorize(config, request);
  let left = await sites.go(url);
  if (left === undefined) left = await sites.here.submit('answer', 'allow');
  const tokens = await openid.authorizationCodeGrant(config, new URL(left ?? ''), checks);
  return { sites, tokens };
}

async function call(token: string): Promise<number> {
  return (await fetch(`${gatehouse.gateway}/orders`, { headers: { authorization: `Bearer ${token}` } })).status;
}

test('who signs out at the issuer is signed out here: access tokens, refresh tokens and the session', async () => {
  const [mine, others] = [await signIn(), await signIn()];
  assert.deepEqual([await call(mine.tokens.access_token), await call(others.tokens.access_token)], [200, 200]);

  // A provider that we did not write makes the logout token and sends it.
  const { there } = mine.sites;
  await there.open(`${op.issuer}/session/end`);
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(there.html) ?? [];
  await there.open(`${op.issuer}/session/end/confirm`, {
    method: 'POST',
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
  });
  await until(async () => (await call(mine.tokens.access_token)) === 401);
  await assert.rejects(openid.refreshTokenGrant(config, mine.tokens.refresh_token ?? ''), { error: 'invalid_grant' });
  const { url } = await authorize(config, { ...request, prompt: 'none' });
  assert.match((await mine.sites.here.open(url)) ?? '', /error=login_required/);

  assert.equal(await call(others.tokens.access_token), 200);
  assert.ok(await openid.refreshTokenGrant(config, others.tokens.refresh_token ?? ''));
  const lines = gatehouse
    .log()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const ended = lines.find(({ msg }) => msg === 'sign-ins ended');
  assert.deepEqual([ended?.['issuer'], ended?.['actor']], [op.issuer, 'signals:acme']);
});
