import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { anUpstream, type Upstream } from '../e2e/an-upstream.ts';
import type { RunningGatehouse } from '../e2e/running-gatehouse.ts';
import { aSigningKey, signTexts } from '../fixtures/a-jwt.ts';
import { aBareOidcProvider, type BareOidcProvider } from './a-bare-oidc-provider.ts';
import { audience, keyTimes, oneIssuerHouse, show, showUntil } from './one-issuer-house.ts';

const [first, second] = [aSigningKey('ES256', 'first'), aSigningKey('ES256', 'second')];

/** What the provider of the tests issues opaque tokens for. */
const opaqueAudience = `${audience}/opaque`;

function introspection({ introspection: { endpoint, client } }: BareOidcProvider): string {
  return `introspection: { endpoint: ${endpoint}, client: { id: ${client.id}, secret: ${client.secret} }, cache: 1s }`;
}

let idp: BareOidcProvider;
let upstream: Upstream;
let house: RunningGatehouse;

before(async () => {
  [idp, upstream] = await Promise.all([aBareOidcProvider([first]), anUpstream()]);
  house = await oneIssuerHouse({
    upstream: upstream.url,
    audience: `[${audience}, ${opaqueAudience}]`,
    issuer: `issuer: ${idp.issuer}, ${keyTimes}, ${introspection(idp)}`,
  });
});

after(async () => {
  await house?.remove();
  await idp?.remove();
  await upstream?.close();
});

test('a JWT that the library issued is let in, and its client is told to the upstream', async () => {
  const { status, told } = await show(house, await idp.token(audience));
  assert.equal(status, 200);
  assert.equal(told['gatehouse-client'], 'orders-web');
  assert.equal(told['gatehouse-issuer'], idp.issuer);
  assert.equal(told['gatehouse-scope'], 'orders:read');
});

test('a JWT for another resource, and one that somebody else signed, are refused', async () => {
  assert.deepEqual((await show(house, await idp.token('https://elsewhere.example'))).code, 'audience_mismatch');
  const [header = '', payload = ''] = (await idp.token(audience)).split('.').map(decoded);
  const forged = signTexts(header, payload, aSigningKey('ES256', 'stranger'));
  assert.deepEqual((await show(house, forged)).code, 'signature_invalid');
});

function decoded(part: string): string {
  return Buffer.from(part, 'base64url').toString();
}

test('an opaque token is let in by introspection, and refused once it was revoked, within the time of the cache', async () => {
  const token = await idp.token(opaqueAudience);
  assert.equal(token.split('.').length, 1);
  const { status, told } = await show(house, token);
  assert.equal(status, 200);
  assert.deepEqual([told['gatehouse-client'], told['gatehouse-scope']], ['orders-web', 'orders:read']);

  assert.equal((await idp.revoke(token)).status, 200);
  const { said, after } = await showUntil(house, token, ({ status }) => status !== 200, 5_000);
  assert.deepEqual([said.status, said.code], [401, 'token_inactive'], `after ${after} ms`);
});

test('an opaque token for another resource, and one that was never issued, are refused', async () => {
  assert.equal((await show(house, await idp.token('https://elsewhere.example/opaque'))).code, 'audience_mismatch');
  assert.equal((await show(house, 'kQ2vXn7LrB4tHs0ZpWm5cYd8uEjGfAo1iKxTqNzRl3M')).code, 'token_inactive');
});

test('through a rotation nobody is refused, and a key that is gone verifies no more within the bound', async () => {
  const old = await idp.token(audience);
  await idp.kill();
  await idp.revive([second, first]);
  const fresh = await idp.token(audience);
  const seen = await showUntil(house, fresh, ({ status }) => status !== 503, 5_000);
  assert.equal(seen.said.status, 200, JSON.stringify(seen));
  assert.equal((await show(house, old)).status, 200);

  await idp.kill();
  await idp.revive([second]);
  assert.equal((await show(house, fresh)).status, 200);
  const { said, after } = await showUntil(house, old, ({ status }) => status !== 200, 10_000);
  assert.deepEqual([said.status, said.code], [401, 'key_unknown'], `after ${after} ms`);
  assert.equal((await show(house, fresh)).status, 200);
});
