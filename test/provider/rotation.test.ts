import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { keysRotated } from '../../src/provider/index.ts';
import { aProvider, ledgerApi, type RunningProvider, reporting } from '../fixtures/a-provider.ts';
import { post } from '../fixtures/a-token-client.ts';

let running: RunningProvider;
let ahead = 0;
before(async () => {
  running = await aProvider({}, () => Date.now() + ahead);
});
after(() => running.close());

async function take(): Promise<string> {
  const form = { grant_type: 'client_credentials', resource: ledgerApi.audience };
  const { status, json } = await post(running.issuer, '/token', form, reporting);
  assert.equal(status, 200);
  return json.access_token;
}

const kidOf = (jwt: string): string => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()).kid;
const published = async () => (await fetch(`${running.issuer}/jwks`)).json() as Promise<JSONWebKeySet>;

test('two keys are published from the start, the one that signs and the next, and nothing private', async () => {
  const { keys } = await published();
  assert.equal(keys.length, 2);
  assert.equal(keys[0]?.kid, kidOf(await take()));
  for (const key of keys) {
    assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    assert.deepEqual([key.alg, key.use], ['ES256', 'sig']);
  }
  assert.deepEqual(
    running.provider.jwks().keys.map(({ kid }) => kid),
    keys.map(({ kid }) => kid),
  );
});

/** Milliseconds for which a key is published before it signs. */
const leadTime = 5_000;

test('under load, every token verifies against the keys published when it comes, though they rotate', {
  timeout: 60_000,
}, async () => {
  const remote = createRemoteJWKSet(new URL(`${running.issuer}/jwks`), { cooldownDuration: 0 });
  const verify = (token: string, keys: JWTVerifyGetKey) => jwtVerify(token, keys, { issuer: running.issuer });
  const kids = new Set<string>();
  const tokens: string[] = [];
  let rotating = true;
  const work = Array.from({ length: 4 }, async () => {
    while (rotating) {
      const token = await take();
      kids.add(kidOf(token));
      await verify(token, remote);
      await verify(token, createLocalJWKSet({ keys: [...running.provider.jwks().keys] }));
      if (tokens.length < 200) tokens.push(token);
    }
  });
  const announced: string[] = [];
  const stop = keysRotated.listen(({ activated }) => announced.push(activated));
  const other = await running.another();
  ahead += leadTime;
  await running.provider.rotateKeys();
  await delay(300);
  ahead += leadTime;
  const elsewhere = await other.rotateKeys();
  await delay(1_300);
  rotating = false;
  await Promise.all(work);
  stop();
  assert.equal(kids.size, 3);
  assert.ok(kids.has(elsewhere.activated), 'a rotation by another process is taken over');
  assert.equal(announced.length, 2);
  for (const token of tokens) await verify(token, createLocalJWKSet(await published()));
});

test('the signer signs for the gateway, synchronously, with the key of the moment', async () => {
  const { signer } = running.provider;
  const token = signer.sign({ iss: signer.issuer, aud: 'upstream', sub: 'x' }, 'JWT');
  const { protectedHeader } = await jwtVerify(token, createLocalJWKSet(await published()), { audience: 'upstream' });
  assert.deepEqual([protectedHeader.typ, protectedHeader.alg], ['JWT', 'ES256']);
  assert.equal(protectedHeader.kid, kidOf(await take()));
});

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
