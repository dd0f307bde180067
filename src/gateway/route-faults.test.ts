import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RouteOptions } from './gateway-options.ts';
import { findRouteFaults } from './route-faults.ts';

const apis = (routes: readonly RouteOptions[]) => routes.map((route, index) => ({ name: `api-${index}`, route }));
const reasons = (...routes: readonly RouteOptions[]) => findRouteFaults(apis(routes)).map(({ reason }) => reason);

test('routes that differ in host or path do not conflict', () => {
  assert.deepEqual(reasons({ path: '/a' }, { path: '/a/b' }, { hosts: ['h'], path: '/a' }), []);
});

test('the same path on the same host is a conflict', () => {
  assert.deepEqual(reasons({ path: '/a' }, { path: '/a/' }), ['/a on every host is claimed by api-0 too']);
  assert.deepEqual(reasons({ hosts: ['x', 'Y'], path: '/' }, { hosts: ['y'], path: '/' }), [
    '/ on y is claimed by api-0 too',
  ]);
});

for (const path of ['', 'a', '/a/../b', '//', '/a?b', '/%61', '/a%2fb', '/a b']) {
  test(`the route path ${JSON.stringify(path)} is a fault with a remedy`, () => {
    const [fault] = findRouteFaults(apis([{ path }]));
    assert.equal(fault?.reason, `${JSON.stringify(path)} is not a canonical path`);
    assert.match(fault.remedy, /^Write /);
  });
}

for (const host of ['', 'a:80', 'a.', '*', '*.', 'a.*.b', 'http://a', 'a b']) {
  test(`the host ${JSON.stringify(host)} is a fault`, () => {
    assert.deepEqual(reasons({ hosts: [host], path: '/' }), [`${JSON.stringify(host)} is not a host name`]);
  });
}
