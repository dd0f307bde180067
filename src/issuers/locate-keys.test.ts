import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { serve, serveSecurely } from '../../test/fixtures/a-server.ts';
import { createAuthority } from '../../test/fixtures/certificates.ts';
import { createHttpClient, type HttpClient, type Resolver } from '../net/index.ts';
import { fetchKeys } from './fetch-keys.ts';
import type { IssuerResult } from './issuer-failure.ts';
import { locateKeys } from './locate-keys.ts';

const authority = createAuthority();

/** Every name is this machine, as one in /etc/hosts can be. */
const resolve: Resolver = (_, __, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]);

function httpClient(t: TestContext): HttpClient {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-issuers-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, authority.cert);
  const http = createHttpClient({ caFile }, resolve);
  t.after(() => http.close());
  return http;
}

/** What comes of a discovery document at https://idp.example that names this key set. */
async function outcome(t: TestContext, jwksUri: (origin: string) => string): Promise<IssuerResult<unknown>> {
  const http = httpClient(t);
  const { signal } = new AbortController();
  let issuer = '';
  const port = await serveSecurely(t, authority.issue('idp.example'), (request, response) => {
    const body = request.url === '/keys' ? { keys: [] } : { issuer, jwks_uri: jwksUri(issuer) };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  issuer = `https://idp.example:${port}`;
  const spec = {
    name: 'acme',
    jwksUri: undefined,
    discoveryUrls: [`${issuer}/.well-known/openid-configuration`],
    documentIssuers: [issuer],
    acceptedIssuers: [issuer],
    tenant: undefined,
    times: { minRefresh: 1, maxRefresh: 1, coolDown: 1, maxStale: 1 },
  };
  const location = await locateKeys(http, spec, signal);
  return location.ok ? fetchKeys(http, location.value, undefined, signal) : location;
}

test('a document from elsewhere cannot point at what listens on this machine', async (t) => {
  const asked: unknown[] = [];
  const admin = await serve(t, (request, response) => {
    asked.push(request.url);
    response.setHeader('content-type', 'application/json').end('{"keys":[]}');
  });
  for (const host of ['127.0.0.1', 'localhost', '[::1]', 'another.example']) {
    const result = await outcome(t, () => `http://${host}:${admin}/keys`);
    assert.equal(result.ok ? 'fetched' : result.failure.code, 'forbidden_address', host);
  }
  assert.deepEqual(asked, []);
});

test('a document may name a key set beside it, also where the host is this machine by another name', async (t) => {
  const result = await outcome(t, (origin) => `${origin}/keys`);
  assert.equal(result.ok ? 'fetched' : result.failure.code, 'key_set_empty');
});
