import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IssuerList, printIssuers } from './print-issuers.ts';

const keys = {
  state: 'fresh',
  discovery: 'https://acme.example/.well-known/openid-configuration',
  jwks_uri: 'https://acme.example/jwks',
  keys: [{ kid: 'one', algorithms: ['ES256'] }],
  skipped: [],
  last_success: '2027-01-15T08:00:00.000Z',
  last_attempt: '2027-01-15T08:00:00.000Z',
  next_fetch: '2027-01-15T08:05:00.000Z',
  usable_until: '2027-01-16T08:00:00.000Z',
  failure: null,
  warnings: [],
};

const acme = { name: 'acme', identifier: 'https://acme.example', refusal: null, keys, introspection: null };

function print(...items: IssuerList['items']): string {
  return printIssuers({ items });
}

test('an issuer that is well is shown with its documents, its keys and when they are fetched', () => {
  assert.equal(
    print(acme),
    `acme  https://acme.example
  discovery: https://acme.example/.well-known/openid-configuration
  key set: https://acme.example/jwks
  keys: fresh, last fetched 2027-01-15T08:00:00.000Z, next fetch 2027-01-15T08:05:00.000Z
    one  ES256
`,
  );
});

test('an issuer that cannot be reached says for how long its keys serve, why, and what to do', () => {
  const failure = { code: 'refused', title: 'The connection was refused.', remedy: 'See that the server is up.' };
  const text = print({ ...acme, keys: { ...keys, state: 'stale', failure } });
  assert.match(text, /keys: stale, last fetched .*, last tried .*, good until 2027-01-16T08:00:00.000Z, next fetch/);
  assert.match(text, /\n {2}failed: refused\. The connection was refused\. Remedy: See that the server is up\.\n/);
});

test('how its introspection endpoint answers is shown, and a failure as long as it lasts', () => {
  const last_failure = {
    at: '2027-01-15T07:59:00.000Z',
    code: 'credentials_refused',
    title: 'No.',
    remedy: 'Mend it.',
  };
  const asked = { endpoint: 'https://acme.example/introspect', state: 'open', last_success: null, last_failure };
  const failing = print({
    ...acme,
    introspection: { ...asked, failures: 5, next_attempt: '2027-01-15T08:01:00.000Z' },
  });
  assert.match(
    failing,
    /introspection: https:\/\/acme.example\/introspect\n {4}open, 5 failures in a row, next attempt 2027/,
  );
  assert.match(failing, /failed: credentials_refused\. No\. Remedy: Mend it\./);
  const well = print({ ...acme, introspection: { ...asked, state: 'ok', failures: 0, next_attempt: null } });
  assert.ok(!well.includes('failed'));
});

test('of many keys few are shown', () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ kid: `k${index}`, algorithms: ['ES256'] }));
  const text = print({ ...acme, keys: { ...keys, keys: many } });
  assert.ok(text.includes('k9 ') && !text.includes('k10 ') && text.includes('and 40 more'));
});

test('nothing that an issuer sends steers the terminal', () => {
  const evil = 'a\u001b[2J\u202e\nb';
  const hostile = {
    ...keys,
    jwks_uri: evil,
    discovery: evil,
    keys: [{ kid: evil, algorithms: [] }],
    skipped: [{ kid: evil, reason: evil }],
    warnings: [evil],
  };
  const text = print({ ...acme, identifier: evil, keys: hostile });
  assert.ok(!/[\p{Cc}\p{Cf}]/u.test(text.replaceAll('\n', '')));
  assert.equal(text.split('\n').length, 8);
});

test('where no issuer is configured, it is said how one is added', () => {
  assert.match(print(), /^No issuer is configured\. Remedy: /);
});
