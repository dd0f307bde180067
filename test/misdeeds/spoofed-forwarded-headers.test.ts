import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { type TestContext, test } from 'node:test';
import { aGateway, anApi, sendRaw } from '../fixtures/a-gateway.ts';
import { serve } from '../fixtures/a-server.ts';

const spoofed = {
  'X-Forwarded-For': '203.0.113.9',
  'X-Forwarded-Host': 'internal.example.com',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Prefix': '/admin',
  'X-Forwarded-User': 'root',
  X_Forwarded_For: '203.0.113.9',
  Forwarded: 'for=203.0.113.9;host=internal.example.com;proto=https',
  'X-Real-IP': '203.0.113.9',
  'True-Client-IP': '203.0.113.9',
  'CF-Connecting-IP': '203.0.113.9',
  'Fastly-Client-IP': '203.0.113.9',
  'Client-IP': '203.0.113.9',
  'X-Original-Forwarded-For': '203.0.113.9',
  'Forwarded-For': '203.0.113.9',
  'X-Request-Id': 'chosen-by-the-client',
};

/** What the upstream is told, when such a request comes from a peer that is trusted or not. */
async function told(t: TestContext, trustedProxies: readonly string[]): Promise<IncomingHttpHeaders> {
  let headers: IncomingHttpHeaders = {};
  const upstream = await serve(t, (incoming, response) => {
    headers = incoming.headers;
    response.end();
  });
  const { port } = await aGateway(t, [anApi(upstream)], { trustedProxies });
  const lines = Object.entries(spoofed).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `GET /x HTTP/1.1\r\nHost: api.example.com\r\nAuthorization: Bearer good\r\nConnection: close\r\n`;
  assert.match(await sendRaw(port, `${head}${lines.join('')}\r\n`), /^HTTP\/1\.1 200 /);
  return headers;
}

test('a client cannot say whom it speaks for', async (t) => {
  const headers = await told(t, ['192.0.2.0/24']);
  assert.equal(headers['x-forwarded-for'], '127.0.0.1');
  assert.equal(headers['x-forwarded-host'], 'api.example.com');
  assert.equal(headers['x-forwarded-proto'], 'http');
  assert.equal(headers.forwarded, 'for=127.0.0.1;host="api.example.com";proto=http');
  for (const name of ['x-forwarded-port', 'x-forwarded-prefix', 'x-forwarded-user', 'x-real-ip', 'true-client-ip']) {
    assert.equal(headers[name], undefined, name);
  }
  assert.equal(headers['x_forwarded_for'], undefined);
  assert.notEqual(headers['x-request-id'], 'chosen-by-the-client');
  assert.doesNotMatch(JSON.stringify(headers), /203\.0\.113\.9|internal\.example\.com/);
});

test('a trusted proxy is believed, and its words are continued', async (t) => {
  const headers = await told(t, ['127.0.0.0/8']);
  assert.equal(headers['x-forwarded-for'], '203.0.113.9, 127.0.0.1');
  assert.equal(headers['x-forwarded-host'], 'internal.example.com');
  assert.equal(headers['x-forwarded-proto'], 'https');
  assert.equal(headers['x-forwarded-port'], '443');
  assert.equal(headers['x-request-id'], 'chosen-by-the-client');
  assert.match(headers.forwarded ?? '', /^for=203\.0\.113\.9;.*, for=127\.0\.0\.1;/);
  assert.equal(headers['x_forwarded_for'], undefined, 'a disguise is believed from nobody');
});

test('Connection cannot take away what the gateway says', async (t) => {
  let headers: IncomingHttpHeaders = {};
  const upstream = await serve(t, (incoming, response) => {
    headers = incoming.headers;
    response.end();
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const nominated = 'x-forwarded-for, gatehouse-subject, x-request-id, host, content-length, via, x-secret';
  const request = [
    'POST /x HTTP/1.1',
    'Host: h',
    'Authorization: Bearer good',
    'X-Secret: 1',
    'Content-Length: 2',
    `Connection: close, ${nominated}`,
  ].join('\r\n');
  assert.match(await sendRaw(port, `${request}\r\n\r\nhi`), /^HTTP\/1\.1 200 /);
  assert.equal(headers['x-forwarded-for'], '127.0.0.1');
  assert.equal(headers['gatehouse-subject'], 'mira');
  assert.equal(headers['content-length'], '2');
  assert.equal(headers.via, '1.1 gatehouse');
  assert.equal(headers['x-secret'], undefined);
});
