import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHost } from './host.ts';

test('a host is lower case, without port and root dot', () => {
  assert.deepEqual(parseHost('API.Example.com:8443'), { name: 'api.example.com', port: 8443 });
  assert.deepEqual(parseHost('api.example.com.'), { name: 'api.example.com', port: undefined });
  assert.deepEqual(parseHost('[::1]:80'), { name: '[::1]', port: 80 });
  assert.deepEqual(parseHost('127.0.0.1'), { name: '127.0.0.1', port: undefined });
  assert.deepEqual(parseHost('my_service'), { name: 'my_service', port: undefined });
});

for (const value of [
  '',
  ' ',
  'a b',
  'a,b',
  'a/b',
  'a@b',
  'user:pass@b',
  'a:b',
  'a:99999',
  'a:80:80',
  'a..b',
  '.a',
  'a%2eb',
  '[::1',
  '::1',
  'a#b',
  'a\\b',
  'é',
  `${'a'.repeat(300)}`,
]) {
  test(`${JSON.stringify(value.slice(0, 20))} names no host`, () => assert.equal(parseHost(value), undefined));
}
