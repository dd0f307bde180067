import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createAccess } from '../../src/access/index.ts';
import { RevocationIndex } from '../../src/revocation/index.ts';
import { aGateway, anApi, sendRaw } from '../fixtures/a-gateway.ts';

const original = ['X-Original-Method: GET', 'X-Original-URI: /orders', 'X-Original-Host: api.example.com'];

/** Visible and invisible bytes, and the words that such services look for. */
const junk = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 60 }),
  fc.constantFrom(
    'session=',
    '%',
    '=;=;',
    'a=b; a=c',
    '"',
    '\x80\xff',
    'null',
    '{}',
    '[]',
    'Bearer',
    'Bearer ',
    'Basic Og==',
  ),
  fc.constantFrom('Bearer good\x80', 'Bearer a b', 'Bearer ..', 'Bearer eyJ9.e30.', 'DPoP', 'Negotiate', 'bearer\tx'),
);
const name = fc.constantFrom(
  'Cookie',
  'Authorization',
  'X-Auth',
  'User-Agent',
  'X-Forwarded-User',
  'Gatehouse-Subject',
);

test('no cookie, header or token made of garbage is ever answered with 200', async (t) => {
  const access = createAccess({ index: new RevocationIndex(), isStale: () => false });
  const { port } = await aGateway(t, [anApi(1)], { access, trustedProxies: ['127.0.0.1'] });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, junk), { minLength: 1, maxLength: 4 }), async (fields) => {
      const lines = fields.map(([field, value]) => `${field}: ${value}`);
      const request = ['GET /decide HTTP/1.1', 'Host: gate', 'Connection: close', ...original, ...lines, '\r\n'];
      const received = await sendRaw(port, request.join('\r\n'));
      assert.match(received, /^HTTP\/1\.1 (?:400|401|403) /);
    }),
    { numRuns: 300 },
  );
});

test('what looks like a health check is judged like everything else', async (t) => {
  const access = createAccess({ index: new RevocationIndex(), isStale: () => false });
  const { port } = await aGateway(t, [anApi(1)], { access, trustedProxies: ['127.0.0.1'] });
  for (const agent of ['GoogleHC/1.0', 'kube-probe/1.30', 'ELB-HealthChecker/2.0']) {
    for (const target of ['/decide', '/decide/', '/decide/ping', '/decide/healthz', '/decide?healthcheck']) {
      const fields = target.startsWith('/decide/') ? [] : original;
      const request = [`GET ${target} HTTP/1.1`, 'Host: gate', `User-Agent: ${agent}`, 'Connection: close', ...fields];
      assert.match(await sendRaw(port, `${request.join('\r\n')}\r\n\r\n`), /^HTTP\/1\.1 401 /, target);
    }
  }
});
