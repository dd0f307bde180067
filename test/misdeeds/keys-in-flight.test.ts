/**
 * CVE-2025-64527, CVE-2024-45809 (Envoy): a request that went away, or whose route did, while its issuer's keys were
 * being fetched, brought the process down.
 */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { IssuerRegistry } from '../../src/issuers/index.ts';
import { createHttpClient } from '../../src/net/index.ts';
import { aGateway, anApi } from '../fixtures/a-gateway.ts';
import { aJwt, aSigningKey } from '../fixtures/a-jwt.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { serve } from '../fixtures/a-server.ts';

const key = aSigningKey('ES256');
const identifier = 'https://slow.example';
const token = aJwt(key, { ...currentClaims(), iss: identifier });

test('clients that leave and a configuration that changes while keys are fetched harm nobody', async (t) => {
  let fetches = 0;
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const jwks = await serve(t, async (_, response) => {
    fetches++;
    await released;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key.jwk] }));
  });
  let reached = 0;
  const upstream = await serve(t, (_, response) => {
    reached++;
    response.end();
  });
  const http = createHttpClient();
  const options = { preset: 'oidc', issuer: identifier, jwksUri: `http://127.0.0.1:${jwks}/` } as const;
  const registry = new IssuerRegistry({ slow: options }, { http, clock: systemClock });
  t.after(() => http.close());
  t.after(() => registry.stop());
  const api = (path: string) => anApi(upstream, { route: { path }, protected: aProtectedApi(registry.all) });
  const { decide } = aRealAccess();
  let asked = 0;
  const counting = (...args: Parameters<typeof decide>) => {
    asked++;
    return decide(...args);
  };
  const running = await aGateway(t, [api('/old')], { access: { decide: counting } });
  registry.start();

  const head = `GET /old HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  const leaving = Array.from({ length: 30 }, () => {
    const socket = connect(running.port, '127.0.0.1', () => socket.write(head));
    return socket.on('error', () => undefined);
  });
  const headers = { authorization: `Bearer ${token}` };
  const staying = Array.from({ length: 20 }, () => fetch(`${running.origin}/old`, { headers }));
  for (let tries = 0; asked < 50 && tries < 1_000; tries++) await pause(10);
  for (const [at, socket] of leaving.entries()) {
    if (at % 2 === 0) socket.destroy();
    else socket.resetAndDestroy();
  }
  running.gateway.reload({ ...running.options, apis: [api('/new')] });
  await running.finishes(30);
  release();

  for (const response of await Promise.all(staying)) assert.equal(response.status, 200);
  assert.equal((await fetch(`${running.origin}/new`, { headers })).status, 200);
  assert.equal((await fetch(`${running.origin}/old`, { headers })).status, 404);
  assert.equal(reached, 21);
  assert.equal(fetches, 1);
});
