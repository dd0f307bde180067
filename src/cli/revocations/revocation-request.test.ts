import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Config, parseConfig } from '../../config/index.ts';
import { type RevocationOptions, revocationRequest } from './revocation-request.ts';

function aConfig(): Config {
  const text = `provider: { issuer: "http://127.0.0.1:8081" }
issuers: { acme: { preset: okta, issuer: "https://acme.okta.com/oauth2/default" } }
apis: {}`;
  const outcome = parseConfig(text, { path: 'gatehouse.yaml', env: {} });
  assert.ok(outcome.ok);
  return outcome.config;
}

const config = aConfig();
const issuer = 'acme';

/** Without the members that are undefined, which JSON leaves out. */
const request = (options: RevocationOptions): unknown => {
  const body = revocationRequest(options, config);
  return body === undefined ? undefined : JSON.parse(JSON.stringify(body));
};

test('what the options name is asked for as the admin API wants it', () => {
  const before = '2026-11-24T00:00:00.000Z';
  assert.deepEqual(request({ issuer, subject: 'ada', before }), { kind: 'subject', value: 'ada', issuer, before });
  assert.deepEqual(request({ issuer, subject: 'ada', client: 'web' }), {
    kind: 'subject',
    value: 'ada',
    client: 'web',
    issuer,
  });
  assert.deepEqual(request({ issuer, client: 'web' }), { kind: 'client', value: 'web', issuer });
  assert.deepEqual(request({ issuer, jti: 'j', reason: 'r' }), { kind: 'jti', value: 'j', issuer, reason: 'r' });
  assert.deepEqual(request({ issuer, hash: 'ab' }), { kind: 'token', hash: 'ab', issuer });
  assert.deepEqual(request({ issuer, all: true, before }), { kind: 'issuer', issuer, before });
});

test('without an option that names anything, a token is wanted', () => {
  assert.equal(request({ issuer, reason: 'lost laptop' }), undefined);
  assert.equal(request({}), undefined);
});

test('several things at once, or tokens of nobody in particular, are refused with the remedy', () => {
  assert.throws(() => request({ issuer, subject: 'ada', key: 'k' }), /--subject, --key name several things\. Remedy: /);
  assert.throws(() => request({ issuer, hash: 'ab', all: true }), /--hash, --all name several things/);
  assert.throws(() => request({ session: 's' }), /--session does not say whose.*by --issuer: provider, acme$/);
});

test('a cut-off is refused where one token is meant: it would be passed over', () => {
  const before = '2026-11-24T00:00:00.000Z';
  assert.throws(() => request({ issuer, jti: 'j', before }), /--before does not go with --jti/);
  assert.throws(() => request({ before }), /--before does not go with one token\. Remedy: /);
});
