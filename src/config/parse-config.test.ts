import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readConfig, reportOn, soundConfig } from '../../test/fixtures/a-config.ts';
import type { Config } from './config.ts';

function accepted(text: string): Config {
  const outcome = readConfig(text);
  assert.ok(outcome.ok, reportOn(text));
  return outcome.config;
}

test('the defaults are the safe ones', () => {
  const config = accepted(soundConfig);
  assert.deepEqual(config.gateway.listen, { host: '127.0.0.1', port: 8080 });
  assert.deepEqual(config.admin.listen, { host: '127.0.0.1', port: 8082 });
  assert.equal(config.gateway.trustedProxies, undefined);
  assert.equal(config.issuers[0]?.leeway, 5000);
  const [orders] = config.apis;
  assert.equal(orders?.forward.identity, 'jwt');
  assert.equal(orders?.onStaleRevocations, 'refuse');
  assert.equal(orders?.cors, undefined);
});

test('durations are milliseconds and sizes bytes once read', () => {
  const config = accepted(`${soundConfig}revocation: { maxStaleness: 2s }\ngateway: { limits: { token: 4KiB } }\n`);
  assert.equal(config.revocation.maxStaleness, 2000);
  assert.equal(config.gateway.limits.token, 4096);
});

test('shorthands are written out', () => {
  const text = soundConfig.replace('preset: okta', 'claims: { roles: roles, groups: [[a, "b.c"], d] }, preset: okta');
  const config = accepted(text);
  assert.deepEqual(config.issuers[0]?.claims, { roles: [['roles']], groups: [['a', 'b.c'], ['d']] });
  assert.deepEqual(config.apis[0]?.audience, ['https://api.example.com/orders']);
  assert.deepEqual(config.apis[0]?.upstream, { url: 'http://127.0.0.1:9000', ca: undefined, preserveHost: false });
});

test('names of JavaScript are names like others', () => {
  const config = accepted(soundConfig.replaceAll('orders:\n', 'constructor:\n').replaceAll('acme', 'tostring'));
  assert.equal(config.apis[0]?.name, 'constructor');
  assert.equal(config.issuers[0]?.name, 'tostring');
});

test('what was read cannot be changed', () => {
  const config = accepted(soundConfig);
  const frozen = (value: unknown): boolean =>
    value === null || typeof value !== 'object' || (Object.isFrozen(value) && Object.values(value).every(frozen));
  assert.ok(frozen(config));
});

test('everything that is wrong is listed at once, in the order of the file', () => {
  const text = soundConfig
    .replace('path: /orders', 'path: orders')
    .replace('127.0.0.1:9000', '')
    .replace('okta', 'otka');
  assert.deepEqual(
    reportOn(text)
      .split('\n')
      .map((line) => line.split(': ')[0]),
    [
      'gatehouse.yaml:3:11  issuers.acme.preset',
      'gatehouse.yaml:7:40  apis.orders.route.path',
      'gatehouse.yaml:8:5  apis.orders.upstream',
    ],
  );
});

test('each fault says on one line what is wrong and what to do about it', () => {
  const outcome = readConfig('apis: { x: {} }\nlog: { level: 1 }\n');
  assert.ok(!outcome.ok);
  for (const { reason, remedy, line } of outcome.faults) {
    assert.match(reason, /^[^\n]+[^.\n]$/);
    assert.match(remedy, /^[A-Z][^\n]*[.?:]$/);
    assert.ok(line >= 1);
  }
});

const words = fc.constantFrom(
  ...[
    'apis',
    'issuers',
    'gateway',
    'clients',
    'rules',
    'when',
    'secret',
    'file',
    'listen',
    'upstream',
    'accept',
    'forward',
  ],
  ...[
    ': ',
    ':\n  ',
    '\n',
    '\n  - ',
    '{ ',
    ' }',
    '[',
    ']',
    ', ',
    '"',
    "'",
    '&a ',
    '*a',
    '!!x ',
    '|',
    '>',
    '#',
    '---\n',
    `\${A}`,
    '$${',
    '${',
  ],
  ...[
    '1',
    '10m',
    'true',
    '~',
    'https://a.example',
    '__proto__',
    'constructor',
    '\t',
    '\u0000',
    '\uE000\uE001A\uE002',
    '𝒳',
  ],
);

test('law: reading never throws, whatever the text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
    fc
      .tuple(fc.nat({ max: soundConfig.length }), words)
      .map(([at, word]) => soundConfig.slice(0, at) + word + soundConfig.slice(at)),
    fc
      .tuple(fc.nat({ max: soundConfig.length }), fc.nat({ max: 20 }))
      .map(([at, count]) => soundConfig.slice(0, at) + soundConfig.slice(at + count)),
  );
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(typeof reportOn(text, { env: { A: 'a' } }), 'string');
    }),
    { numRuns: 300 },
  );
});
