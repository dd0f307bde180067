import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { aJwt, aSigningKey, type SigningKey } from '../fixtures/a-jwt.ts';
import { aNeighbour, type Neighbour } from './a-neighbour.ts';
import { anUpstream, type Upstream } from './an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from './assembled-gatehouse.ts';
import type { Ports } from './free-ports.ts';

const audience = 'https://orders.example';

/** Two realms of one server, whose keys have one name. */
const red = named(aSigningKey('ES256', 'red'), 'signing-key');
const blue = named(aSigningKey('ES256', 'blue'), 'signing-key');
/** Two tenants that publish their keys at one place. */
const north = aSigningKey('ES256', 'north');
const south = aSigningKey('ES256', 'south');
/** One whose discovery document names the keys of the north for its own. */
const thief = aSigningKey('ES256', 'thief');

let server: Neighbour;
let upstream: Upstream;
let house: AssembledGatehouse;

before(async () => {
  upstream = await anUpstream();
  server = await aNeighbour((request, response) => serve(request.url ?? '', response));
  house = await assembleGatehouse(configOn);
});

after(async () => {
  await house?.remove();
  await Promise.all([server, upstream].map((neighbour) => neighbour?.close()));
});

function named(key: SigningKey, kid: string): SigningKey {
  return { ...key, kid, jwk: { ...key.jwk, kid } };
}

function serve(path: string, response: ServerResponse): void {
  const [, name = ''] = /\/realms\/(\w+)/.exec(path) ?? [];
  const documents: Readonly<Record<string, object>> = {
    '/keys': { keys: [north.jwk, south.jwk] },
    [`/realms/${name}/certs`]: { keys: [(name === 'red' ? red : blue).jwk] },
    [`/realms/${name}/.well-known/openid-configuration`]: {
      issuer: `${server.url}/realms/${name}`,
      jwks_uri: name === 'thief' ? `${server.url}/keys` : `${server.url}/realms/${name}/certs`,
    },
    '/first/introspect': { active: true, sub: 'mira', client_id: 'web', aud: audience, scope: 'read', exp: soon() },
    '/second/introspect': { active: true, sub: 'eve', client_id: 'web', aud: audience, scope: 'read', exp: soon() },
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(documents[path]));
}

function soon(): number {
  return Math.floor(systemClock() / 1000) + 600;
}

function configOn(ports: Ports): string {
  const asked = (name: string): string =>
    `{ introspection: { endpoint: ${server.url}/${name}/introspect, client: { id: gate, secret: of the gate } } }`;
  return `
gateway: { listen: 127.0.0.1:${ports.gateway} }
admin: { listen: 127.0.0.1:${ports.admin} }
issuers:
  red: { issuer: ${server.url}/realms/red }
  blue: { issuer: ${server.url}/realms/blue }
  thief: { issuer: ${server.url}/realms/thief }
  north: { issuer: https://north.example, jwksUri: ${server.url}/keys }
  south: { issuer: https://south.example, jwksUri: ${server.url}/keys }
  first: ${asked('first')}
  second: ${asked('second')}
consumers:
  shop: { clients: [{ issuer: red, client: web }, { issuer: first, client: web }] }
  desk: { clients: [{ issuer: blue, client: web }] }
apis:
  all: { route: { path: /all }, accept: [red, blue, thief, north, south], ${apiMembers()} }
  red: { route: { path: /red }, accept: [red], ${apiMembers()} }
  blue: { route: { path: /blue }, accept: [blue], ${apiMembers()} }
  first: { route: { path: /first }, accept: [first], ${apiMembers()} }
  second: { route: { path: /second }, accept: [second], ${apiMembers()} }
`;
}

function apiMembers(): string {
  return `audience: ${audience}, upstream: ${upstream.url}, forward: { identity: headers }, rules: [{ scopes: [read] }]`;
}

const issuerOf: Readonly<Record<string, () => string>> = {
  red: () => `${server.url}/realms/red`,
  blue: () => `${server.url}/realms/blue`,
  thief: () => `${server.url}/realms/thief`,
  north: () => 'https://north.example',
  south: () => 'https://south.example',
};

/** A token that says it is of one issuer, by the key of whoever it may be. */
function tokenOf(issuer: string, key: SigningKey, header: Readonly<Record<string, unknown>> = {}): string {
  const exp = soon();
  const times = { iat: exp - 600, exp };
  const claims = { iss: issuerOf[issuer]?.(), aud: audience, sub: 'mira', client_id: 'web', scope: 'read', ...times };
  return aJwt(key, claims, header);
}

/** Why it was refused, or who the upstream was told it is. */
async function show(path: string, token: string): Promise<string> {
  const response = await fetch(house.gateway + path, { headers: { authorization: `Bearer ${token}` } });
  const { code, headers } = (await response.json()) as { code?: string; headers?: Record<string, string> };
  if (code !== undefined) return code;
  const told = ['issuer', 'subject', 'consumer'].map((fact) => headers?.[`gatehouse-${fact}`] ?? '-');
  return told.join(' ').replaceAll(server.url, '');
}

test('each issuer vouches for its own', async () => {
  assert.equal(await show('/all', tokenOf('red', red)), '/realms/red mira shop');
  assert.equal(await show('/all', tokenOf('blue', blue)), '/realms/blue mira desk');
  assert.equal(await show('/all', tokenOf('north', north)), 'https://north.example mira -');
  assert.equal(await show('/all', tokenOf('south', south)), 'https://south.example mira -');
});

test('no realm of a server vouches for another, whose key has the same name', async () => {
  for (const [issuer, key] of [
    ['red', blue],
    ['blue', red],
  ] as const) {
    for (const header of [{}, { kid: undefined }]) {
      assert.equal(await show('/all', tokenOf(issuer, key, header)), 'signature_invalid');
      assert.equal(await show(`/${issuer}`, tokenOf(issuer, key, header)), 'signature_invalid');
    }
  }
});

test('who names the keys of another for its own does not become the other', async () => {
  assert.equal(await show('/all', tokenOf('north', thief)), 'key_unknown');
  assert.equal(await show('/all', tokenOf('thief', thief)), 'key_unknown');
  // Its choice: whoever holds these keys speaks for it. Nobody takes them for the north, nor the thief for a consumer.
  assert.equal(await show('/all', tokenOf('thief', north)), '/realms/thief mira -');
});

test('issuers at one place of keys are told apart by name, and neither reaches the keys of the realms', async () => {
  for (const key of [north, south]) {
    for (const issuer of ['red', 'blue']) assert.equal(await show('/all', tokenOf(issuer, key)), 'key_unknown');
  }
  assert.match(await show('/all', tokenOf('south', south)), /^https:\/\/south\.example /);
});

test('a token that was let in at one API is nothing at another that does not accept its issuer', async () => {
  const [ofRed, ofBlue] = [tokenOf('red', red), tokenOf('blue', blue)];
  for (let round = 0; round < 2; round++) {
    assert.equal(await show('/red', ofRed), '/realms/red mira shop');
    assert.equal(await show('/blue', ofRed), 'issuer_not_accepted');
    assert.equal(await show('/blue', ofBlue), '/realms/blue mira desk');
    assert.equal(await show('/red', ofBlue), 'issuer_not_accepted');
  }
});

test('one opaque token is of two people, where two issuers that are asked say so', async () => {
  for (let round = 0; round < 2; round++) {
    assert.match(await show('/first', 'the-same-opaque-token'), /^\/first\/introspect mira shop$/);
    assert.match(await show('/second', 'the-same-opaque-token'), /^\/second\/introspect eve -$/);
  }
});
