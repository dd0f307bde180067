/** GHSA-3p3g-vpw6-4w66 (Ory Hydra): a client assertion that two nodes were shown was taken by both. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import { aProvider } from '../fixtures/a-provider.ts';
import { serve } from '../fixtures/a-server.ts';
import { post } from '../fixtures/a-token-client.ts';

test('an assertion is taken by one of two nodes that are shown it at the same moment', async (t) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwks = { keys: [publicKey.export({ format: 'jwk' })] };
  const batch = { id: 'batch', jwks, grants: ['client_credentials'], scopes: ['orders:read'] } as const;
  const running = await aProvider({ clients: [batch] });
  t.after(() => running.close());
  const other = await running.another();
  const port = await serve(t, (request, response) => other.handler(request, response));
  for (let round = 0; round < 5; round += 1) {
    const form = {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await new SignJWT({ jti: `j-${round}` })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer('batch')
        .setSubject('batch')
        .setAudience(running.issuer)
        .setExpirationTime('1m')
        .sign(privateKey),
    };
    const nodes = [running.issuer, `http://127.0.0.1:${port}`];
    const answers = await Promise.all([...nodes, ...nodes].map((node) => post(node, '/token', form)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401, 401]);
  }
});
