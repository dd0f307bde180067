/** As cached verdicts, so cached identities: what one route tells its upstream of a caller is not told by another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aGateway, anApi } from '../fixtures/a-gateway.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { serve } from '../fixtures/a-server.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

test('each upstream is told of the same token what its own route tells', async (t) => {
  const acme = anIssuer('acme');
  const seen: Record<string, string | undefined> = {};
  const upstream = await serve(t, ({ url = '', headers }, response) => {
    seen[url] = [headers.authorization, headers['x-mail'], headers['x-tier']].join(' ');
    response.end();
  });
  const signer = { issuer: 'https://gate.example', sign: (claims: object) => JSON.stringify(claims) };
  const identities = {
    '/a': { kind: 'jwt', audience: 'https://a.internal' },
    '/b': { kind: 'jwt', audience: 'https://b.internal' },
    '/c': { kind: 'headers', claims: { 'X-Mail': ['email'] } },
    '/d': { kind: 'headers', claims: { 'X-Tier': ['tier'] } },
    '/e': { kind: 'none' },
  } as const;
  const apis = Object.entries(identities).map(([path, identity]) =>
    anApi(upstream, { route: { path }, identity, protected: aProtectedApi([acme], { name: path }) }),
  );
  const { origin } = await aGateway(t, apis, { access: aRealAccess(), signer });
  const authorization = `Bearer ${acme.sign({ ...currentClaims(), email: 'm@acme.example', tier: 'gold' })}`;
  const paths = Object.keys(identities);
  for (const path of [...paths, ...paths.toReversed()]) {
    assert.equal((await fetch(origin + path, { headers: { authorization } })).status, 200);
  }
  assert.match(seen['/a'] ?? '', /"aud":"https:\/\/a\.internal"/);
  assert.match(seen['/b'] ?? '', /"aud":"https:\/\/b\.internal"/);
  assert.equal(seen['/c'], ' m@acme.example ');
  assert.equal(seen['/d'], '  gold');
  assert.equal(seen['/e'], '  ');
});
