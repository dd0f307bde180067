import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goesThroughProxy, isLoopbackHost, proxySettings } from './proxy-settings.ts';

test('the usual variables are read in either case, lower case first, and what the option excepts is added', () => {
  const read = (env: Record<string, string>, except: string[] = []) => proxySettings('environment', except, env);
  assert.deepEqual(read({ HTTPS_PROXY: 'http://p:3128', NO_PROXY: 'a.example, .b.example' }, ['c.example']), {
    url: 'http://p:3128',
    except: ['a.example', '.b.example', 'c.example'],
  });
  assert.equal(read({ https_proxy: 'http://low', HTTPS_PROXY: 'http://up' })?.url, 'http://low');
});

test('without HTTPS_PROXY there is no proxy, and HTTP_PROXY counts for nothing', () => {
  for (const env of [{}, { HTTPS_PROXY: '' }, { HTTP_PROXY: 'http://p:3128' }]) {
    assert.equal(proxySettings('environment', ['a.example'], env), undefined);
  }
});

test('the environment counts only where it is asked', () => {
  const env = { HTTPS_PROXY: 'http://p:3128', NO_PROXY: '*' };
  assert.equal(proxySettings('none', [], env), undefined);
  assert.deepEqual(proxySettings('http://q:80', ['a.example'], env), { url: 'http://q:80', except: ['a.example'] });
});

test('what is no proxy is refused, by where it stands and without repeating its password', () => {
  const say = (choice: string, env = {}) => {
    try {
      return String(proxySettings(choice, [], env));
    } catch (error) {
      return `${error}`;
    }
  };
  assert.match(
    say('environment', { HTTPS_PROXY: 'ada:secret@p' }),
    /^HttpOptionsInvalid: What HTTPS_PROXY says is not/,
  );
  for (const choice of ['', 'Environment', 'socks5://ada:secret@p', 'ada:secret@p:80']) {
    assert.match(say(choice), /^HttpOptionsInvalid: The proxy is not an http or https URL$/);
  }
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
  ['https://10.1.2.3/', '10.0.0.0/8', false],
  ['https://11.1.2.3/', '10.0.0.0/8', true],
  ['https://ten.example/', '10.0.0.0/8', true],
  ['https://[fd00::1]/', 'fd00::1', false],
  ['https://[fd00::1]/', 'fd00::/8', false],
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
