/**
 * Server-side request forgery: whoever could name a key set had it fetched from the cloud's metadata service, from this
 * machine or from a file (nodedb#61 and others). An issuer's document here names all kinds of places that are nobody's
 * business, by address, by name, by redirect and by rebinding; nothing there is ever asked.
 */
import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { type IssuerOptions, IssuerRegistry } from '../../src/issuers/index.ts';
import { createHttpClient } from '../../src/net/index.ts';
import { aSigningKey } from '../fixtures/a-jwt.ts';
import { serve } from '../fixtures/a-server.ts';

const { jwk } = aSigningKey('ES256');
const names: Readonly<Record<string, readonly string[]>> = {
  'idp.example': ['127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'half.example': ['192.0.2.1', '169.254.169.254'],
  'loopback.example': ['127.0.0.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
};

type Answer = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

function resolve(host: string, _: unknown, answer: Answer): void {
  const addresses = (names[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  if (addresses.length > 0) answer(null, addresses);
  else answer(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), []);
}

/** @returns why no keys could be had, if so */
async function failureOf(t: TestContext, options: Omit<IssuerOptions, 'preset'>): Promise<string | undefined> {
  const http = createHttpClient({ timeout: 2_000 }, resolve);
  const registry = new IssuerRegistry({ idp: { preset: 'oidc', ...options } }, { http, clock: systemClock });
  registry.start();
  t.after(() => {
    registry.stop();
    return http.close();
  });
  const [issuer] = registry.named('idp');
  const keySet = await issuer?.keys.refresh(jwk.kid);
  const failure = issuer?.keys.health().failure?.code;
  assert.equal(keySet === undefined, failure !== undefined);
  return failure;
}

/** A service of this machine that nobody but its users should reach. */
async function anInnerService(t: TestContext): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const port = await serve(t, ({ url = '' }, response) => {
    asked.push(url);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  return { port, asked };
}

/** An identity provider at a name of its own, whose documents are as told. */
async function anIdp(t: TestContext, answer: (origin: string) => (response: ServerResponse) => unknown) {
  const port = await serve(t, (_: IncomingMessage, response) => answer(`http://idp.example:${port}`)(response));
  return `http://idp.example:${port}`;
}

const naming = (jwksUri: string) => (issuer: string) => (response: ServerResponse) =>
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ issuer, jwks_uri: jwksUri }));

const redirecting = (location: string) => () => (response: ServerResponse) =>
  response.writeHead(302, { location }).end();

for (const [place, code] of [
  ['http://169.254.169.254/latest/meta-data/', 'forbidden_address'],
  ['https://169.254.169.254/latest/meta-data/', 'forbidden_address'],
  ['https://2852039166/', 'forbidden_address'],
  ['https://0xa9.0xfe.0xa9.0xfe/', 'forbidden_address'],
  ['https://[::ffff:a9fe:a9fe]/', 'forbidden_address'],
  ['https://[fd00:ec2::254]/', 'forbidden_address'],
  ['https://metadata.example/', 'forbidden_address'],
  ['https://half.example/', 'forbidden_address'],
  ['https://0.0.0.0/', 'forbidden_address'],
  ['http://127.0.0.1:PORT/', 'forbidden_address'],
  ['http://2130706433:PORT/', 'forbidden_address'],
  ['http://127.1:PORT/', 'forbidden_address'],
  ['http://[::ffff:127.0.0.1]:PORT/', 'forbidden_address'],
  ['http://loopback.example:PORT/', 'forbidden_address'],
  ['http://mapped.example:PORT/', 'forbidden_address'],
  ['http://192.0.2.1/', 'not_https'],
  ['file:///etc/passwd', 'not_https'],
  ['data:application/json,{"keys":[]}', 'not_https'],
  ['gopher://127.0.0.1:PORT/_GET', 'not_https'],
  ['ftp://127.0.0.1:PORT/', 'not_https'],
  ['unix:/var/run/docker.sock', 'not_https'],
  ['https://ada:secret@loopback.example:PORT/', 'url_invalid'],
  ['//127.0.0.1:PORT/', 'url_invalid'],
  ['/etc/passwd', 'url_invalid'],
  ['', 'url_invalid'],
] as const) {
  test(`a discovery document that names ${JSON.stringify(place)} has nobody asked`, async (t) => {
    const inner = await anInnerService(t);
    const issuer = await anIdp(t, naming(place.replace('PORT', String(inner.port))));
    assert.equal(await failureOf(t, { issuer }), code);
    assert.deepEqual(inner.asked, []);
  });
}

test('a redirect leads nowhere, neither from the discovery document nor from the key set', async (t) => {
  const inner = await anInnerService(t);
  for (const location of ['http://169.254.169.254/', `http://127.0.0.1:${inner.port}/`, 'file:///etc/passwd']) {
    const idp = await anIdp(t, redirecting(location));
    assert.equal(await failureOf(t, { issuer: idp }), 'redirect');
    assert.equal(await failureOf(t, { issuer: idp, jwksUri: `${idp}/jwks` }), 'redirect');
  }
  assert.deepEqual(inner.asked, []);
});

test('even the operator cannot have keys fetched from a metadata service', async (t) => {
  for (const host of ['169.254.169.254', 'metadata.example', '[fd00:ec2::254]']) {
    const issuer = `https://${host}`;
    assert.equal(await failureOf(t, { issuer }), 'forbidden_address');
    assert.equal(await failureOf(t, { issuer, jwksUri: `${issuer}/jwks` }), 'forbidden_address');
  }
});

test('what the operator names on loopback is asked, so that it was the naming that counted above', async (t) => {
  const inner = await anInnerService(t);
  const issuer = 'https://idp.example';
  assert.equal(await failureOf(t, { issuer, jwksUri: `http://127.0.0.1:${inner.port}/jwks` }), undefined);
  assert.deepEqual(inner.asked, ['/jwks']);
});
