import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OAuth2Server } from 'oauth2-mock-server';
import { anUpstream, type Upstream } from './an-upstream.ts';
import { type RunningGatehouse, runGatehouse } from './running-gatehouse.ts';

const audience = 'https://orders.example';

/** An identity provider that we did not write. */
const foreign = new OAuth2Server();
let upstream: Upstream;
let house: RunningGatehouse;

before(async () => {
  await foreign.issuer.keys.generate('RS256');
  await foreign.start(0, '127.0.0.1');
  foreign.issuer.url = `http://127.0.0.1:${foreign.address().port}`;
  upstream = await anUpstream();
  house = await runGatehouse(
    (ports) => `
gateway: { listen: 127.0.0.1:${ports.gateway} }
admin: { listen: 127.0.0.1:${ports.admin} }
issuers:
  foreign: { preset: oidc, issuer: ${foreign.issuer.url}, keys: { coolDown: 1s } }
apis:
  orders:
    audience: ${audience}
    route: { path: /orders }
    upstream: ${upstream.url}
    accept: [foreign]
    rules: [{ scopes: [orders:read] }]
    forward: { identity: headers }
`,
  );
});

after(async () => {
  await house?.remove();
  await foreign.stop();
  await upstream?.close();
});

async function token(kid?: string): Promise<string> {
  return foreign.issuer.buildToken({
    ...(kid === undefined ? {} : { kid }),
    scopesOrTransform: (_header, payload) => {
      Object.assign(payload, { aud: audience, scope: 'orders:read', sub: 'mira', client_id: 'app' });
    },
  });
}

async function call(bearer: string): Promise<Response> {
  return fetch(`${house.gateway}/orders`, { headers: { authorization: `Bearer ${bearer}` } });
}

test('a token of a foreign server is let in, and its subject is told to the upstream', async () => {
  const response = await call(await token());
  assert.equal(response.status, 200, await response.clone().text());
  const seen = (await response.json()) as { headers: Record<string, string> };
  assert.equal(seen.headers['gatehouse-subject'], 'mira');
  assert.equal(seen.headers['gatehouse-issuer'], foreign.issuer.url);
});

test('a token by a key that the foreign server has just made is let in, when the cool-down allows to look', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const key = await foreign.issuer.keys.generate('ES256');
  const response = await call(await token(key.kid));
  assert.equal(response.status, 200, await response.text());
});

test('a token that the foreign server made for another audience is refused', async () => {
  const other = await foreign.issuer.buildToken({
    scopesOrTransform: (_header, payload) =>
      Object.assign(payload, { aud: 'elsewhere', sub: 'mira', client_id: 'app' }),
  });
  assert.equal(((await (await call(other)).json()) as { code: string }).code, 'audience_mismatch');
});
