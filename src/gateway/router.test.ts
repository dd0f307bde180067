import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RouteOptions } from './gateway-options.ts';
import { createRouter } from './router.ts';

const routerOf = (...routes: readonly RouteOptions[]) =>
  createRouter(routes.map((route) => [route, `${route.hosts?.join() ?? ''}${route.path}`] as const));

test('a path matches itself and what lies below it, by whole segments', () => {
  const router = routerOf({ path: '/orders' });
  for (const path of ['/orders', '/orders/', '/orders/1', '/orders/1/items']) {
    assert.equal(router.find('h', path), '/orders');
  }
  for (const path of ['/', '/ordersx', '/order', '/Orders', '/x/orders', '*']) {
    assert.equal(router.find('h', path), undefined, path);
  }
});

test('the longest path wins', () => {
  const router = routerOf({ path: '/' }, { path: '/a' }, { path: '/a/b/c' });
  assert.equal(router.find('h', '/a/b/c/d'), '/a/b/c');
  assert.equal(router.find('h', '/a/b/d'), '/a');
  assert.equal(router.find('h', '/b'), '/');
});

test('the most specific host wins, and lends what it does not serve to less specific ones', () => {
  const router = routerOf(
    { hosts: ['api.example.com'], path: '/a' },
    { hosts: ['*.example.com'], path: '/a' },
    { hosts: ['*.com'], path: '/b' },
    { path: '/' },
  );
  assert.equal(router.find('api.example.com', '/a'), 'api.example.com/a');
  assert.equal(router.find('www.example.com', '/a'), '*.example.com/a');
  assert.equal(router.find('a.b.example.com', '/a'), '*.example.com/a');
  assert.equal(router.find('api.example.com', '/b'), '*.com/b');
  assert.equal(router.find('example.com', '/a'), '/');
  assert.equal(router.find('com', '/b'), '/');
});

test('a trailing slash in a route means nothing', () => {
  assert.equal(routerOf({ path: '/orders/' }).find('h', '/orders'), '/orders/');
});

const segment = fc.constantFrom('a', 'b', 'c');
const pathOf = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);

test('the router agrees with a naive search through all routes', () => {
  fc.assert(
    fc.property(fc.uniqueArray(pathOf, { maxLength: 8 }), pathOf, (paths, path) => {
      const matching = paths.filter((p) => p === '/' || path === p || path.startsWith(`${p}/`));
      const longest = matching.sort((a, b) => b.length - a.length)[0];
      assert.equal(routerOf(...paths.map((p) => ({ path: p }))).find('h', path), longest);
    }),
  );
});

test('a lookup among a thousand routes costs about what it costs among ten', () => {
  const many = routerOf(...Array.from({ length: 1000 }, (_, i) => ({ hosts: [`h${i % 10}`], path: `/api-${i}/v1` })));
  const started = performance.now();
  for (let i = 0; i < 100_000; i++) many.find('h7', '/api-777/v1/orders/1');
  assert.equal(many.find('h7', '/api-777/v1/orders/1'), 'h7/api-777/v1');
  assert.ok(performance.now() - started < 500);
});
