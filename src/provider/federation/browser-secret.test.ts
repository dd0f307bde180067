import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { browserSecret, ensureBrowserSecret } from './browser-secret.ts';

const secure = 'https://id.example.com';
const plain = 'http://127.0.0.1:8081';
const secret = 'A'.repeat(43);

function requestWith(cookie: string | undefined): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  if (cookie !== undefined) request.headers.cookie = cookie;
  return request;
}

test('a browser gets one secret, which no script, other site or neighbouring host can touch', () => {
  const request = requestWith(undefined);
  const response = new ServerResponse(request);
  const fresh = ensureBrowserSecret(request, response, secure);
  assert.match(fresh, /^[\w-]{43}$/);
  const expected = `__Host-gatehouse_federation=${fresh}; Path=/; HttpOnly; SameSite=Lax; Secure`;
  assert.deepEqual(response.getHeader('set-cookie'), expected);
  const again = requestWith(`a=b; __Host-gatehouse_federation=${fresh}`);
  const other = new ServerResponse(again);
  assert.equal(ensureBrowserSecret(again, other, secure), fresh);
  assert.equal(other.getHeader('set-cookie'), undefined);
});

test('on http, for loopback, the cookie has no prefix that a browser would refuse', () => {
  const request = requestWith(undefined);
  const response = new ServerResponse(request);
  ensureBrowserSecret(request, response, plain);
  assert.match(
    String(response.getHeader('set-cookie')),
    /^gatehouse_federation=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/,
  );
});

test('a cookie of another form, of another name, or twice, is none', () => {
  const name = '__Host-gatehouse_federation';
  assert.equal(browserSecret(requestWith(`${name}=${secret}`), secure), secret);
  for (const cookie of [
    undefined,
    '',
    `${name}=`,
    `${name}=short`,
    `${name}=${secret}x`,
    `gatehouse_federation=${secret}`,
    `x${name}=${secret}`,
    `${name}=${secret}; ${name}=${'B'.repeat(43)}`,
  ]) {
    assert.equal(browserSecret(requestWith(cookie), secure), undefined, cookie ?? 'no cookie');
  }
});
