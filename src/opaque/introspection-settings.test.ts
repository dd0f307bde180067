import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectation, issuer } from '../../test/fixtures/an-introspection-server.ts';
import type { AnswerKeys, IntrospectionOptions } from './introspection-options.ts';
import { IntrospectionOptionsInvalid } from './introspection-options-invalid.ts';
import { introspectionSettings } from './introspection-settings.ts';
import { recogniseForm } from './recognise-form.ts';

const options: IntrospectionOptions = {
  issuerName: 'legacy',
  issuer,
  expectation,
  endpoint: 'https://legacy.example/introspect',
  authentication: { method: 'client_secret_basic', clientId: 'gate', clientSecret: 's3cret' },
};
const keys: AnswerKeys = { current: () => undefined, refresh: () => Promise.resolve(undefined) };

/** The option that is refused. */
function faultOf(changes: Partial<IntrospectionOptions>, dependencies: { keys?: AnswerKeys } = {}): string | undefined {
  try {
    introspectionSettings({ ...options, ...changes }, dependencies);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof IntrospectionOptionsInvalid);
    assert.ok(!`${error.message} ${error.remedy}`.includes('s3cret'));
    assert.ok(error.remedy.length > 5);
    assert.deepEqual(error.path.slice(0, 2), ['issuers', 'legacy']);
    return error.path.slice(2).join('.');
  }
}

test('what is left out has its default', () => {
  const { protocol, expiry, cache, negativeCache, timeout, concurrency, cacheBytes, signing, clients } =
    introspectionSettings(options, {});
  assert.deepEqual(
    { protocol, expiry, cache, negativeCache, timeout, concurrency, cacheBytes, signing, clients },
    {
      protocol: 'rfc7662',
      expiry: 'required',
      cache: 30_000,
      negativeCache: 5_000,
      timeout: 3_000,
      concurrency: 64,
      cacheBytes: 33_554_432,
      signing: undefined,
      clients: undefined,
    },
  );
});

test('the endpoint must be https, or loopback, and hold no credentials', () => {
  const wrong = [
    '',
    'introspect',
    'http://legacy.example/introspect',
    'https://user:pw@legacy.example/',
    'https://legacy.example/#x',
    'ftp://legacy.example/',
    'http://localhost.evil.example/',
  ];
  for (const endpoint of wrong) assert.equal(faultOf({ endpoint }), 'introspection.endpoint', endpoint);
  for (const endpoint of ['https://legacy.example/i?realm=a', 'http://127.0.0.1:8080/', 'http://localhost/']) {
    assert.equal(faultOf({ endpoint }), undefined, endpoint);
  }
});

test('tokeninfo without clients would let everybody in, and is refused', () => {
  assert.equal(faultOf({ protocol: 'tokeninfo' }), 'clients');
  assert.equal(faultOf({ protocol: 'tokeninfo', clients: [] }), 'clients');
  assert.equal(faultOf({ protocol: 'tokeninfo', clients: ['a'] }), undefined);
  assert.equal(faultOf({ protocol: 'tokeninfo', clients: ['a'], signed: true }, { keys }), 'introspection.signed');
});

test('signed answers need a client id and keys', () => {
  assert.equal(faultOf({ signed: true }), 'introspection.signed');
  assert.equal(faultOf({ signed: true }, { keys }), undefined);
  const authentication = { method: 'bearer', token: 's3cret' } as const;
  assert.equal(faultOf({ signed: true, authentication }, { keys }), 'introspection.client');
  assert.equal(faultOf({ signed: true, authentication: { ...authentication, clientId: 'gate' } }, { keys }), undefined);
});

test('credentials are there, and fit into a header', () => {
  const { authentication } = options;
  assert.equal(faultOf({ authentication: { ...authentication, clientId: '' } as never }), 'introspection.client');
  assert.equal(faultOf({ authentication: { ...authentication, clientSecret: '' } as never }), 'introspection.client');
  for (const token of ['s3cret\r\nx: y', 's3cret ', 's3crèt']) {
    assert.equal(faultOf({ authentication: { method: 'bearer', token } }), 'introspection.bearer');
  }
});

test('times and sizes are numbers that make sense', () => {
  for (const name of ['cache', 'negativeCache', 'timeout', 'concurrency', 'cacheBytes'] as const) {
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(faultOf({ [name]: value }), `introspection.${name}`);
    }
  }
  for (const name of ['timeout', 'concurrency'] as const) assert.equal(faultOf({ [name]: 0 }), `introspection.${name}`);
  assert.equal(faultOf({ cache: 0, negativeCache: 0 }), undefined);
});

test('tokens without an end need an answer that is remembered', () => {
  assert.equal(faultOf({ expiry: 'optional', cache: 999 }), 'introspection.cache');
  assert.equal(faultOf({ expiry: 'optional', cache: 1_000 }), undefined);
});

test('a form that recognises everything by mistake is refused', () => {
  for (const prefixes of [[''], ['a', '']]) {
    assert.throws(() => recogniseForm('legacy', { prefixes }), IntrospectionOptionsInvalid);
  }
  assert.ok(!recogniseForm('legacy', { prefixes: [] })('anything'));
});
