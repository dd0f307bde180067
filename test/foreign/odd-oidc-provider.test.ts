import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { anUpstream, type Upstream } from '../e2e/an-upstream.ts';
import { freePorts } from '../e2e/free-ports.ts';
import type { RunningGatehouse } from '../e2e/running-gatehouse.ts';
import { anEncryptionKey } from '../fixtures/a-jwe.ts';
import { aSigningKey } from '../fixtures/a-jwt.ts';
import { post } from '../fixtures/a-token-client.ts';
import { audience, oneIssuerHouse, show } from './one-issuer-house.ts';
import { ServerProcess } from './server-process.ts';

const program = fileURLToPath(new URL('./odd-oidc-provider.ts', import.meta.url));
const algorithms = ['ES512', 'ES384', 'PS256', 'RS512', 'EdDSA'];
const sealing = { RSA: anEncryptionKey('RSA'), EC: anEncryptionKey('P-384') };

let folder: string;
let issuer: string;
let idp: ServerProcess;
let upstream: Upstream;
let house: RunningGatehouse;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreign-'));
  const { provider: port } = await freePorts();
  issuer = `http://127.0.0.1:${port}/tenants/acme`;
  idp = new ServerProcess({
    args: [program],
    cwd: folder,
    env: { PORT: String(port), JWKS: signingKeys(), ENCRYPT_FOR: recipients() },
    probe: `${issuer}/keys`,
  });
  [upstream] = await Promise.all([anUpstream(), idp.start()]);
  const decryption = Object.values(sealing).map(({ pem }) => `{ key: ${JSON.stringify(pem)} }`);
  house = await oneIssuerHouse({
    upstream: upstream.url,
    issuer: `preset: oauth, issuer: ${issuer}, decryption: [${decryption.join(', ')}]`,
  });
});

after(async () => {
  await house?.remove();
  await idp?.kill();
  await upstream?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Beside them one that is not for signatures, as many providers have it. */
function signingKeys(): string {
  const keys = algorithms.map((alg) => {
    const { privateKey, kid } = aSigningKey(alg);
    return { ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
  });
  const { privateKey } = aSigningKey('RS256');
  return JSON.stringify({ keys: [...keys, { ...privateKey.export({ format: 'jwk' }), kid: 'enc', use: 'enc' }] });
}

function recipients(): string {
  const keys = Object.entries(sealing).map(([type, { publicKey }]) => [
    type,
    publicKey.export({ type: 'spki', format: 'pem' }),
  ]);
  return JSON.stringify(Object.fromEntries(keys));
}

async function token(wanted: Readonly<Record<string, string>>): Promise<string> {
  const resource = `${audience}?${new URLSearchParams(wanted)}`;
  const form = { grant_type: 'client_credentials', scope: 'orders:read', resource };
  const client = { id: 'orders-web', secret: 'orders-web-secret' };
  const { json, text } = await post(issuer, '/tenants/acme/oauth/token', form, client);
  if (typeof json?.access_token !== 'string') throw new Error(text);
  return json.access_token;
}

for (const sign of algorithms) {
  test(`a provider below a path is found, and its token by ${sign} let in`, async () => {
    const { status, code, told } = await show(house, await token({ sign }));
    assert.deepEqual([status, code], [200, undefined]);
    assert.deepEqual([told['gatehouse-issuer'], told['gatehouse-client']], [issuer, 'orders-web']);
  });
}

for (const encrypt of ['RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A256KW']) {
  for (const enc of ['A256GCM', 'A128CBC-HS256']) {
    test(`its token that is encrypted by ${encrypt} and ${enc} is let in`, async () => {
      const sealed = await token({ encrypt, enc });
      assert.equal(sealed.split('.').length, 5);
      assert.equal((await show(house, sealed)).status, 200);
    });
  }
}

test('its tokens that are encrypted in another way are refused by name', async () => {
  for (const wanted of [
    { encrypt: 'RSA-OAEP', enc: 'A256GCM' },
    { encrypt: 'ECDH-ES+A128KW', enc: 'A256GCM' },
    { encrypt: 'ECDH-ES', enc: 'A128GCM' },
  ]) {
    assert.equal((await show(house, await token(wanted))).code, 'encryption_not_allowed', JSON.stringify(wanted));
  }
});
