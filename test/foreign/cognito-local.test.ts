import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { anUpstream, type Upstream } from '../e2e/an-upstream.ts';
import type { RunningGatehouse } from '../e2e/running-gatehouse.ts';
import { aSigningKey } from '../fixtures/a-jwt.ts';
import { aCognitoLocal, type CognitoLocal } from './a-cognito-local.ts';
import { keyTimes, oneIssuerHouse, show, showUntil } from './one-issuer-house.ts';

let idp: CognitoLocal;
let upstream: Upstream;
let house: RunningGatehouse;

before(async () => {
  [idp, upstream] = await Promise.all([aCognitoLocal(), anUpstream()]);
  const { issuer, jwksUri, client } = idp;
  house = await oneIssuerHouse({
    upstream: upstream.url,
    // Its discovery document names port 9229, whatever the port is that it listens on.
    issuer: `preset: cognito, issuer: ${issuer}, jwksUri: ${jwksUri}, clients: ['${client}'], ${keyTimes}`,
    api: ['rules: [{ groups: [orders-admins], scopes: [aws.cognito.signin.user.admin] }]'],
  });
});

after(async () => {
  await house?.remove();
  await idp?.remove();
  await upstream?.close();
});

test('an access token without `aud` is let in by its client, and its groups open the route', async () => {
  const { status, told } = await show(house, (await idp.signIn()).AccessToken);
  assert.equal(status, 200);
  assert.equal(told['gatehouse-client'], idp.client);
  assert.equal(told['gatehouse-issuer'], idp.issuer);
});

test('the ID token of the same sign-in is refused for what it is', async () => {
  const { status, code } = await show(house, (await idp.signIn()).IdToken);
  assert.deepEqual([status, code], [401, 'not_an_access_token']);
});

test('a token by another key is let in, and one by the key before refused, within the bound', async () => {
  const old = (await idp.signIn()).AccessToken;
  await idp.kill();
  assert.equal((await show(house, old)).status, 200);
  await idp.revive(aSigningKey('RS256', 'another'));
  const fresh = (await idp.signIn()).AccessToken;
  const { said, after } = await showUntil(house, fresh, ({ status }) => status === 200, 10_000);
  assert.equal(said.status, 200, `${said.code} after ${after} ms`);
  assert.equal((await show(house, old)).code, 'signature_invalid');
});
