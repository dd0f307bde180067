import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goesThroughProxy, isLoopbackHost, proxyFromEnvironment } from './proxy-settings.ts';

test('the usual variables are read in either case, lower case first', () => {
  assert.deepEqual(proxyFromEnvironment({ HTTPS_PROXY: 'http://p:3128', NO_PROXY: 'a.example, .b.example' }), {
    url: 'http://p:3128',
    except: ['a.example', '.b.example'],
  });
  assert.equal(proxyFromEnvironment({ https_proxy: 'http://low', HTTPS_PROXY: 'http://up' })?.url, 'http://low');
});

test('without HTTPS_PROXY there is no proxy, and HTTP_PROXY counts for nothing', () => {
  assert.equal(proxyFromEnvironment({}), undefined);
  assert.equal(proxyFromEnvironment({ HTTPS_PROXY: '' }), undefined);
  assert.equal(proxyFromEnvironment({ HTTP_PROXY: 'http://p:3128' }), undefined);
});

const cases: readonly (readonly [string, string, boolean])[] = [
  ['https://idp.example/', '', true],
  ['https://idp.example/', 'other.example', true],
  ['https://idp.example/', 'idp.example', false],
  ['https://idp.example/', 'IDP.example', false],
  ['https://login.idp.example/', 'idp.example', false],
  ['https://login.idp.example/', '.idp.example', false],
  ['https://login.idp.example/', '*.idp.example', false],
  ['https://notidp.example/', 'idp.example', true],
  ['https://idp.example/', '*', false],
  ['https://idp.example:8443/', 'idp.example:8443', false],
  ['https://idp.example/', 'idp.example:8443', true],
  ['https://idp.example/', 'idp.example:443', false],
  ['https://10.1.2.3/', '10.1.2.3', false],
  ['https://localhost/', '', false],
  ['https://127.0.0.1/', '', false],
  ['https://[::1]:8443/', '', false],
];

for (const [url, except, expected] of cases) {
  test(`${url} goes ${expected ? 'through the proxy' : 'directly'} if "${except}" is excepted`, () => {
    const settings = { url: 'http://p:3128', except: except === '' ? [] : [except] };
    assert.equal(goesThroughProxy(new URL(url), settings), expected);
  });
}

test('only names and addresses of this very machine are loopback hosts', () => {
  for (const host of ['localhost', 'idp.localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.1', '[::1]']) {
    assert.equal(isLoopbackHost(host), true, host);
  }
  for (const host of ['localhost.example', 'notlocalhost', '128.0.0.1', '127.0.0.1.example', '[::2]', '']) {
    assert.equal(isLoopbackHost(host), false, host);
  }
});
