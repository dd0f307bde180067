import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Access, ProtectedApi } from '../../src/access/index.ts';
import { IssuerRegistry } from '../../src/issuers/index.ts';
import type { HttpClient } from '../../src/net/index.ts';
import { aJwt, aSigningKey, type SigningKey } from '../fixtures/a-jwt.ts';
import { aProtectedApi, aRealAccess, ordersAudience } from '../fixtures/a-protected-api.ts';
import { aRequest } from '../fixtures/a-request.ts';

/** A key that an issuer withdrew went on verifying for as long as a cache liked: it must die within five minutes. */
const minute = 60_000;
const identifier = 'https://acme.example';
const [stolen, kept] = [aSigningKey('ES256', 'stolen'), aSigningKey('ES256', 'kept')];

interface Setting {
  /** What the issuer publishes, from now on. */
  published: readonly SigningKey[];
  down: boolean;
  /** Lets so much time pass, and all that is due in it happen. */
  pass(milliseconds: number): Promise<void>;
  /** What the gate says to a token by this key: to one it has seen before, and to one it has not. */
  said(key: SigningKey): Promise<{ readonly seen: string; readonly unseen: string }>;
}

function setting(t: TestContext, cacheControl: string, fetchTakes = 0): Setting {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_790_000_000_000 });
  const setting: Setting = { published: [stolen, kept], down: false, pass, said };
  const registry = new IssuerRegistry(
    { acme: { preset: 'oidc', issuer: identifier } },
    { http: aHttpClient(setting, cacheControl, fetchTakes), clock: Date.now },
  );
  t.after(() => registry.stop());
  registry.start();
  const api = aProtectedApi(registry.all);
  const access = aRealAccess();
  const remembered = new Map<SigningKey, string>();

  async function pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 1000) {
      t.mock.timers.tick(Math.min(1000, milliseconds - passed));
      await settle();
    }
  }
  async function said(key: SigningKey): Promise<{ seen: string; unseen: string }> {
    const token = remembered.get(key) ?? aToken(key);
    remembered.set(key, token);
    return { seen: await ask(access, api, token), unseen: await ask(access, api, aToken(key)) };
  }
  return setting;
}

let made = 0;

/** Good for a day, and for the gate another one each time. */
function aToken(key: SigningKey): string {
  const iat = Math.floor(Date.now() / 1000);
  return aJwt(key, { iss: identifier, aud: ordersAudience, iat, exp: iat + 86_400, jti: `jti-${made++}` });
}

async function ask(access: Access, api: ProtectedApi, token: string): Promise<string> {
  const decided = access.decide(api, aRequest({ authorization: [`Bearer ${token}`] }), Date.now());
  const decision = await decided;
  return decision.granted ? 'granted' : decision.rejection.code;
}

function aHttpClient(issuer: Setting, cacheControl: string, takes: number): HttpClient {
  return {
    send: () => Promise.reject(),
    close: () => Promise.resolve(),
    async getJson({ url }) {
      if (takes > 0) await new Promise((resolve) => setTimeout(resolve, takes));
      if (issuer.down) return { ok: false, failure: { code: 'refused', title: '', remedy: '', facts: {} } };
      const jwksUri = `${identifier}/jwks`;
      const document = { issuer: identifier, jwks_uri: jwksUri };
      const value = url === jwksUri ? { keys: issuer.published.map(({ jwk }) => ({ ...jwk })) } : document;
      const headers = { 'cache-control': cacheControl };
      return { ok: true, value: { value, response: { status: 200, headers, body: Buffer.alloc(0) } } };
    },
  };
}

/** Lets promises that are ready run on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

const granted = { seen: 'granted', unseen: 'granted' };
const refused = { seen: 'key_unknown', unseen: 'key_unknown' };

for (const cacheControl of ['max-age=31536000, immutable', 'no-store', '']) {
  test(`a removed key verifies nothing after five minutes, remembered tokens included: "${cacheControl}"`, async (t) => {
    for (const removedAfter of [0, 0.5, 3, 4.9, 7, 12.3]) {
      const issuer = setting(t, cacheControl);
      await issuer.pass(1000);
      assert.deepEqual(await issuer.said(stolen), granted);
      await issuer.pass(removedAfter * minute);
      issuer.published = [kept];
      await issuer.pass(5 * minute);
      assert.deepEqual(await issuer.said(stolen), refused, `removed after ${removedAfter} minutes`);
      assert.deepEqual(await issuer.said(kept), granted);
      t.mock.timers.reset();
    }
  });
}

test('an issuer that takes its time to answer does not prolong the life of a removed key', async (t) => {
  const issuer = setting(t, 'max-age=31536000', 4500);
  await issuer.pass(10_000);
  assert.deepEqual(await issuer.said(stolen), granted);
  issuer.published = [kept];
  await issuer.pass(5 * minute);
  // An unknown key is looked for, which takes its time here, too.
  const answer = issuer.said(stolen);
  await issuer.pass(20_000);
  assert.deepEqual(await answer, refused);
});

test('an outage ends no key, and the first answer after it does', async (t) => {
  const issuer = setting(t, 'max-age=31536000');
  await issuer.pass(1000);
  assert.deepEqual(await issuer.said(stolen), granted);
  issuer.down = true;
  issuer.published = [kept];
  await issuer.pass(60 * minute);
  assert.deepEqual(await issuer.said(stolen), granted);
  issuer.down = false;
  await issuer.pass(31_000);
  assert.deepEqual(await issuer.said(stolen), refused);
});
