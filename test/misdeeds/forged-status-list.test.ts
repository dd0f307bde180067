import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, encode, signParts } from '../fixtures/a-jwt.ts';
import { aListedIssuer, type ListedIssuer, listedKey } from '../fixtures/a-listed-issuer.ts';
import { aStatusList, aStatusListToken } from '../fixtures/a-status-list.ts';

/** Whoever can have a list believed that its issuer did not make gives life back to every revoked token. */
const now = (): number => Math.floor(Date.now() / 1000);
const evil = aSigningKey('ES256', listedKey.kid.concat('-evil'));

const forgeries: Readonly<Record<string, readonly [make: (issuer: ListedIssuer) => string, failure: string]>> = {
  'a list that another issuer has signed': [
    ({ uri }) => aStatusListToken(evil, { sub: uri, iat: now() }),
    'list_not_trusted',
  ],
  'a list signed by another key of the same name': [
    ({ uri }) => aStatusListToken(evil, { sub: uri, iat: now() }, { kid: listedKey.kid }),
    'list_not_trusted',
  ],
  'a list whose key comes along in its header': [
    ({ uri }) => aStatusListToken(evil, { sub: uri, iat: now() }, { kid: undefined, jwk: evil.jwk }),
    'list_not_trusted',
  ],
  'a list without signature': [
    ({ uri }) =>
      `${encode('{"alg":"none","typ":"statuslist+jwt"}')}.${encode(JSON.stringify({ sub: uri, iat: now(), status_list: aStatusList() }))}.`,
    'list_not_trusted',
  ],
  'a list whose text was changed': [
    (issuer) => {
      const [header = '', , signature] = issuer.list().split('.');
      const payload = encode(JSON.stringify({ sub: issuer.uri, iat: now(), status_list: aStatusList() }));
      return `${header}.${payload}.${signature}`;
    },
    'list_not_trusted',
  ],
  'an access token of the same issuer': [
    ({ uri }) => aJwt(listedKey, { sub: uri, iat: now(), exp: now() + 600, status_list: aStatusList() }),
    'list_not_a_token',
  ],
  'a token without type': [(issuer) => issuer.list({}, { typ: undefined }), 'list_not_a_token'],
  'a list of CWT form': [(issuer) => issuer.list({}, { typ: 'statuslist+cwt' }), 'list_not_a_token'],
  'a list for another address': [(issuer) => issuer.list({ sub: `${issuer.origin}/lists/2` }), 'list_of_another_uri'],
  'a list for nothing': [(issuer) => issuer.list({ sub: undefined }), 'list_of_another_uri'],
  'a list for the same address with another slash': [
    (issuer) => issuer.list({ sub: `${issuer.uri}/` }),
    'list_of_another_uri',
  ],
  'a list of somebody else, by iss': [(issuer) => issuer.list({ iss: 'https://evil.example' }), 'list_claims_invalid'],
  'a list without time': [(issuer) => issuer.list({ iat: undefined }), 'list_claims_invalid'],
  'a list from tomorrow': [(issuer) => issuer.list({ iat: now() + 86_400 }), 'list_claims_invalid'],
  'a list that begins tomorrow': [(issuer) => issuer.list({ nbf: now() + 86_400 }), 'list_claims_invalid'],
  'a list that has expired': [(issuer) => issuer.list({ exp: now() - 60 }), 'list_expired'],
  'a list that never expires, by a text': [(issuer) => issuer.list({ exp: 'never' }), 'list_claims_invalid'],
  'a list with a ttl of 0': [(issuer) => issuer.list({ ttl: 0 }), 'list_claims_invalid'],
  'a list with two lists in it': [
    ({ uri }) => {
      const header = encode(JSON.stringify({ alg: 'ES256', typ: 'statuslist+jwt', kid: listedKey.kid }));
      const list = JSON.stringify(aStatusList());
      const payload = `{"sub":"${uri}","iat":${now()},"status_list":${list},"status_list":${list}}`;
      return signParts(header, encode(payload), listedKey);
    },
    'list_not_a_token',
  ],
  'a list without list': [(issuer) => issuer.list({ status_list: undefined }), 'list_claims_invalid'],
  'no token at all': [() => '<!doctype html><title>Sign in</title>', 'list_not_a_token'],
  nothing: [() => '', 'list_not_a_token'],
};

test('a list that is in order is believed', async (t) => {
  const issuer = await aListedIssuer(t, (own) => (_, response) => response.end(own.list()));
  assert.equal(await issuer.judge(), undefined);
});

for (const [what, [make, failure]] of Object.entries(forgeries)) {
  test(`${what} is not believed`, async (t) => {
    const issuer = await aListedIssuer(t, (own) => (_, response) => response.end(make(own)));
    const refusal = await issuer.judge();
    assert.equal(refusal?.code, 'status_unavailable');
    assert.equal(refusal.facts['failure'], failure);
  });
}

test('a list that is in order, under an error, is not believed', async (t) => {
  for (const status of [201, 206, 404, 500]) {
    const issuer = await aListedIssuer(t, (own) => (_, response) => response.writeHead(status).end(own.list()));
    assert.equal((await issuer.judge())?.code, 'status_unavailable');
  }
});
