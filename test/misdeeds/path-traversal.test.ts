import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Access } from '../../src/access/index.ts';
import { rejection } from '../../src/protocol/rejection.ts';
import { aGateway, anAccess, anApi, sendRaw } from '../fixtures/a-gateway.ts';
import { serve } from '../fixtures/a-server.ts';

/** Whoever may see orders may not see what lies under /admin; both are served by one upstream. */
function onlyOrders(): Pick<Access, 'decide'> {
  const inner = anAccess();
  return {
    decide: (api, request, now) =>
      api.name === 'orders'
        ? inner.decide(api, request, now)
        : { granted: false, rejection: rejection('scope_insufficient'), principal: undefined },
  };
}

/** How the laxest upstream would read a path: decoded as often as it can be, backslashes turned, dots resolved. */
function laxReading(path: string): string {
  let read = path;
  for (let i = 0; i < 4; i++) {
    try {
      read = decodeURIComponent(read);
    } catch {
      break;
    }
  }
  const segments: string[] = [];
  for (const segment of read.split(/[/\\]+/)) {
    const bare = segment.replace(/;.*$/, '');
    if (bare === '..') segments.pop();
    else if (bare !== '.' && bare !== '') segments.push(bare);
  }
  return `/${segments.join('/')}`;
}

const attempts = [
  '/orders/../admin/users',
  '/orders/./../admin/users',
  '/orders/%2e%2e/admin/users',
  '/orders/%2E%2E/admin/users',
  '/orders/.%2e/admin/users',
  '/orders/%2e./admin/users',
  '/orders/..%2fadmin/users',
  '/orders/..%2Fadmin%2Fusers',
  '/orders%2f..%2fadmin/users',
  '/orders/..\\admin/users',
  '/orders/..%5cadmin/users',
  '/orders\\..\\admin/users',
  '/orders/%252e%252e/admin/users',
  '/orders/%252e%252e%252fadmin/users',
  '/orders/..%252fadmin/users',
  '/orders/%25252e%25252e/admin/users',
  '/orders/..;/admin/users',
  '/orders/..;a=b/admin/users',
  '/orders/%2e%2e;/admin/users',
  '/orders/..%3b/admin/users',
  '/orders/%c0%ae%c0%ae/admin/users',
  '/orders/%e0%80%ae%e0%80%ae/admin/users',
  '/orders/..%c0%afadmin/users',
  '/orders/..%00/admin/users',
  '/orders/..%0d/../admin/users',
  '/orders/..%09/admin/users',
  '/orders//../admin/users',
  '/orders/x/../../admin/users',
  '//admin/users',
  '/%61dmin/users',
  '/%2561dmin/users',
  '/ADMIN/../admin/users',
  '/./admin/users',
  '/.//admin/users',
  '/;/admin/users',
  '/;x=y/admin/users',
  '\\admin/users',
  '/\\admin/users',
  '/%5cadmin/users',
  '/%2fadmin/users',
  '/orders#/../admin/users',
  '/orders?/../admin/users',
  '/orders/%u002e%u002e/admin/users',
  '/orders/..%u2215admin/users',
  'http://api.example.com/orders/../admin/users',
  'http://api.example.com/%2e%2e/admin/users',
  'http://api.example.com\\admin/users',
  'http://api.example.com',
];

for (const target of attempts) {
  test(`${JSON.stringify(target)} leads to nothing that was not judged`, async (t) => {
    const reached: string[] = [];
    const upstream = await serve(t, (incoming, response) => {
      reached.push(incoming.url ?? '');
      response.end('secret');
    });
    const orders = anApi(upstream, { route: { path: '/orders' } });
    const admin = anApi(upstream, { route: { path: '/admin' }, protected: { ...orders.protected, name: 'admin' } });
    const { port } = await aGateway(t, [orders, admin], { access: onlyOrders() });
    const fields = 'Host: api.example.com\r\nAuthorization: Bearer good\r\nConnection: close';
    const received = await sendRaw(port, `GET ${target} HTTP/1.1\r\n${fields}\r\n\r\n`);
    for (const url of reached) {
      const [path = ''] = url.split('?');
      assert.equal(laxReading(path), '/orders');
    }
    if (reached.length === 0) assert.match(received, /^HTTP\/1\.1 (?:400|403|404) /);
  });
}

test('headers that would give the upstream another path or method do not reach it', async (t) => {
  const fields: string[] = [];
  const upstream = await serve(t, (incoming, response) => {
    fields.push(...incoming.rawHeaders.map((field) => field.toLowerCase()));
    response.end();
  });
  const { origin } = await aGateway(t, [anApi(upstream)], { trustedProxies: ['127.0.0.1'] });
  const names = ['X-Original-URL', 'X-Rewrite-URL', 'X-Original-URI', 'X-HTTP-Method-Override', 'X-HTTP-Method'];
  const headers = { authorization: 'Bearer good', ...Object.fromEntries(names.map((name) => [name, '/admin'])) };
  assert.equal((await fetch(`${origin}/orders`, { headers })).status, 200);
  assert.ok(!fields.includes('/admin'));
});
