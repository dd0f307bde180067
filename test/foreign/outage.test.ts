import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { anUpstream, type Upstream } from '../e2e/an-upstream.ts';
import type { RunningGatehouse } from '../e2e/running-gatehouse.ts';
import { aJwt, aSigningKey, type SigningKey } from '../fixtures/a-jwt.ts';
import { aBareOidcProvider, type BareOidcProvider } from './a-bare-oidc-provider.ts';
import { answersTo, type Heard, Load } from './load.ts';
import { audience, keyTimes, oneIssuerHouse, show, showUntil } from './one-issuer-house.ts';

const keys = [aSigningKey('ES256', 'k0'), aSigningKey('ES256', 'k1'), aSigningKey('ES256', 'k2')] as const;
const stranger = aSigningKey('ES256', 'stranger');
const opaqueAudience = `${audience}/opaque`;

let idp: BareOidcProvider;
let upstream: Upstream;
let house: RunningGatehouse;

before(async () => {
  [idp, upstream] = await Promise.all([aBareOidcProvider([keys[0]]), anUpstream()]);
  const { endpoint, client } = idp.introspection;
  const asked = `{ endpoint: ${endpoint}, client: { id: ${client.id}, secret: ${client.secret} }, cache: 1s }`;
  house = await oneIssuerHouse({
    upstream: upstream.url,
    audience: `[${audience}, ${opaqueAudience}]`,
    issuer: `issuer: ${idp.issuer}, ${keyTimes}, introspection: ${asked}`,
    api: ['rules: [{ scopes: [orders:read] }]', 'introspection: { grace: 10m }'],
  });
});

after(async () => {
  await house?.remove();
  await idp?.remove();
  await upstream?.close();
});

type Members = Readonly<Record<string, unknown>>;

let made = 0;

/** As the issuer would sign it, so that only what is said of it is wrong with it. */
function signed(key: SigningKey, claims: Members = {}, header: Members = {}): string {
  const iat = Math.floor(Date.now() / 1000) - 1000;
  const times = { iat, exp: iat + 4000, jti: `made-${made++}` };
  return aJwt(key, { iss: idp.issuer, aud: audience, ...times, ...claims }, header);
}

function expired(key: SigningKey): string {
  const exp = Math.floor(Date.now() / 1000) - 60;
  return signed(key, { iat: exp - 600, exp });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Only these answers, and none of those that are wanted is lacking. */
function assertAnswers(
  heard: readonly Heard[],
  kind: string,
  wanted: readonly string[],
  allowed: readonly string[] = [],
) {
  const counts = answersTo(kind, heard);
  for (const answer of wanted)
    assert.ok((counts[answer] ?? 0) > 0, `${kind}: no ${answer} in ${JSON.stringify(counts)}`);
  const wrong = Object.keys(counts).filter((answer) => ![...wanted, ...allowed].includes(answer));
  assert.deepEqual(wrong, [], `${kind}: ${JSON.stringify(counts)}`);
}

test('an identity provider that is killed and comes back with other keys, under load, costs no right verdict', async (t) => {
  let current: SigningKey = keys[0];
  let rotated: string | undefined;
  const kept = await idp.token(audience);
  const opaque = await idp.token(opaqueAudience);
  for (const token of [kept, opaque]) assert.equal((await show(house, token)).status, 200);

  const load = new Load(house, {
    'valid, seen before': () => kept,
    'valid, not seen before': () => signed(keys[0]),
    'valid, by a key that has just come': () => rotated,
    'opaque, seen before': () => opaque,
    'opaque, made up': () => `made-up-${made++}`,
    'forged, by a known kid': () => signed({ ...stranger, kid: current.kid }),
    'forged, by a kid that was made up': () => signed(stranger, {}, { kid: `made-up-${made++}` }),
    unsigned: () => signed(keys[0], {}, { alg: 'none' }),
    expired: () => expired(keys[0]),
    'for others': () => signed(keys[0], { aud: 'https://elsewhere.example' }),
  });
  t.after(() => load.stop());
  load.start(40);
  await pause(500);
  for (const [key, dark] of [
    [keys[1], 1_500],
    [keys[2], 0],
    [keys[2], 800],
  ] as const) {
    await idp.kill();
    await pause(dark);
    // The first key is published throughout: tokens by it stay good.
    await idp.revive([key, keys[0]]);
    current = key;
    rotated = await idp.token(audience);
    await pause(1_000);
  }
  const last = await showUntil(house, rotated ?? '', ({ status }) => status === 200, 5_000);
  assert.equal(last.said.status, 200);
  await pause(300);
  const heard = await load.stop();

  assertAnswers(heard, 'valid, seen before', ['200']);
  assertAnswers(heard, 'valid, not seen before', ['200']);
  assertAnswers(heard, 'opaque, seen before', ['200']);
  // While the issuer cannot be asked it is not known whether its new key exists: that is no fault of the token.
  assertAnswers(heard, 'valid, by a key that has just come', ['200'], ['503 keys_unavailable']);
  assertAnswers(heard, 'forged, by a kid that was made up', ['401 key_unknown'], ['503 keys_unavailable']);
  assertAnswers(heard, 'opaque, made up', ['401 token_inactive'], ['503 issuer_unavailable']);
  assertAnswers(
    heard,
    'forged, by a known kid',
    ['401 signature_invalid'],
    ['401 key_unknown', '503 keys_unavailable'],
  );
  assertAnswers(heard, 'unsigned', ['401 algorithm_not_allowed']);
  assertAnswers(heard, 'expired', ['401 token_expired']);
  assertAnswers(heard, 'for others', ['401 audience_mismatch']);
});

test('a key that went with the outage verifies nothing once the provider is back', async () => {
  const old = signed(keys[0]);
  assert.equal((await show(house, old)).status, 200);
  await idp.kill();
  assert.equal((await show(house, old)).status, 200);
  await idp.revive([keys[2]]);
  const { said, after } = await showUntil(house, old, ({ status }) => status !== 200, 10_000);
  assert.deepEqual([said.status, said.code], [401, 'key_unknown'], `after ${after} ms`);
});
