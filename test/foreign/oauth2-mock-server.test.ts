import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OAuth2Server } from 'oauth2-mock-server';
import { anUpstream, type Upstream } from '../e2e/an-upstream.ts';
import type { RunningGatehouse } from '../e2e/running-gatehouse.ts';
import { audience, keyTimes, oneIssuerHouse, show, showUntil } from './one-issuer-house.ts';

let idp: OAuth2Server;
let upstream: Upstream;
let house: RunningGatehouse;

async function startIdp(port: number, alg: string): Promise<OAuth2Server> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate(alg);
  await server.start(port, '127.0.0.1');
  server.issuer.url = `http://127.0.0.1:${server.address().port}`;
  return server;
}

before(async () => {
  [idp, upstream] = await Promise.all([startIdp(0, 'RS256'), anUpstream()]);
  const introspection = `introspection: { endpoint: ${idp.issuer.url}/introspect, authentication: none, cache: 1s }`;
  house = await oneIssuerHouse({
    upstream: upstream.url,
    issuer: `preset: oidc, issuer: ${idp.issuer.url}, ${keyTimes}, ${introspection}`,
  });
});

after(async () => {
  await house?.remove();
  await idp?.stop();
  await upstream?.close();
});

async function token(claims: object = {}, kid?: string): Promise<string> {
  return idp.issuer.buildToken({
    ...(kid === undefined ? {} : { kid }),
    scopesOrTransform: (_header, payload) => {
      Object.assign(payload, { aud: audience, scope: 'orders:read', sub: 'mira', client_id: 'app', ...claims });
    },
  });
}

test('a token of the server is let in, and its subject is told to the upstream', async () => {
  const { status, told } = await show(house, await token());
  assert.equal(status, 200);
  assert.equal(told['gatehouse-subject'], 'mira');
  assert.equal(told['gatehouse-issuer'], idp.issuer.url);
});

test('a token for another audience is refused', async () => {
  assert.equal((await show(house, await token({ aud: 'elsewhere' }))).code, 'audience_mismatch');
});

test('an opaque token is let in by introspection, and refused once it is inactive', async () => {
  const opaque = '2YotnFZFEjr1zCsicMWpAA';
  const exp = Math.floor(Date.now() / 1000) + 600;
  const described = { aud: audience, client_id: 'app', sub: 'mira', scope: 'orders:read', exp };
  const answers: object[] = [];
  idp.service.on('beforeIntrospect', (answer) => {
    answer.body = { active: answers.length === 0, ...described };
    answers.push(answer.body);
  });
  const { status, told } = await show(house, opaque);
  assert.deepEqual([status, told['gatehouse-subject']], [200, 'mira']);
  const { said, after } = await showUntil(house, opaque, ({ status }) => status !== 200, 5_000);
  assert.deepEqual([said.status, said.code], [401, 'token_inactive'], `after ${after} ms`);
  assert.equal(answers.length, 2);
});

test('an answer that says active and nothing else is no reason to let anyone in', async () => {
  idp.service.removeAllListeners('beforeIntrospect');
  const { status, code } = await show(house, 'SlAV32hkKG5vcHFyc3R1dg');
  assert.deepEqual([status, code], [401, 'claim_missing']);
});

test('a token by a key that the server has just made is let in, when the cool-down allows to look', async () => {
  const key = await idp.issuer.keys.generate('ES256');
  const { said, after } = await showUntil(house, await token({}, key.kid), ({ status }) => status === 200, 5_000);
  assert.equal(said.status, 200, `${said.code} after ${after} ms`);
});

test('a token by a key that the server has no more is refused within the bound, and its successor let in', async () => {
  const old = await token();
  const { port } = idp.address();
  await idp.stop();
  assert.equal((await show(house, old)).status, 200);
  idp = await startIdp(port, 'PS256');
  const { said, after } = await showUntil(house, old, ({ status }) => status !== 200, 10_000);
  assert.deepEqual([said.status, said.code], [401, 'key_unknown'], `after ${after} ms`);
  assert.equal((await show(house, await token())).status, 200);
});
