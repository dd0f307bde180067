/** CVE-2025-27370: an assertion for several servers is brought from one to the other; and others that are no good. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type JWTPayload, SignJWT } from 'jose';
import { aProvider, type RunningProvider } from '../fixtures/a-provider.ts';
import { post } from '../fixtures/a-token-client.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const now = Math.floor(Date.now() / 1000);
let running: RunningProvider;
before(async () => {
  const jwks = { keys: [publicKey.export({ format: 'jwk' })] };
  running = await aProvider({
    clients: [{ id: 'batch', jwks, grants: ['client_credentials'], scopes: ['orders:read'] }],
  });
});
after(() => running.close());

async function statusFor(claims: JWTPayload): Promise<number> {
  const whole = {
    iss: 'batch',
    sub: 'batch',
    aud: running.issuer,
    jti: JSON.stringify(claims),
    exp: now + 60,
    ...claims,
  };
  const form = {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await new SignJWT(whole).setProtectedHeader({ alg: 'ES256' }).sign(privateKey),
  };
  return (await post(running.issuer, '/token', form)).status;
}

test('an assertion is for this provider and nobody else', async () => {
  assert.equal(await statusFor({ aud: running.issuer }), 200);
  assert.equal(await statusFor({ aud: [running.issuer, `${running.issuer}/token`] }), 200);
  assert.equal(await statusFor({ aud: [running.issuer, 'https://evil.example'] }), 401);
  assert.equal(await statusFor({ aud: 'https://evil.example' }), 401);
});

test('an assertion from the future, or for ever, is refused', async () => {
  assert.equal(await statusFor({ iat: now }), 200);
  assert.equal(await statusFor({ iat: now + 600 }), 401);
  assert.equal(await statusFor({ exp: now + 10 * 365 * 86_400 }), 401);
});
