import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** The same issuer signs other tokens with the same keys (RFC 8725 section 2.8); fosite could not tell them apart. */
const key = aSigningKey('ES256');
const lenient = { types: ['at+jwt', 'jwt', undefined], required: [] };

const others: Record<string, [Record<string, unknown>, Record<string, unknown>, string]> = {
  'an ID token': [{ nonce: 'n', at_hash: 'h' }, { typ: 'JWT' }, 'not_an_access_token'],
  'an ID token of the code flow': [{ at_hash: 'h' }, { typ: undefined }, 'not_an_access_token'],
  'a logout token': [{ events: {}, sid: 's' }, { typ: 'logout+jwt' }, 'token_type_not_accepted'],
  'a logout token without its type': [{ events: {}, sid: 's' }, { typ: undefined }, 'not_an_access_token'],
  'a security event': [{ events: {} }, { typ: 'secevent+jwt' }, 'token_type_not_accepted'],
  'a proof of possession': [{ htm: 'GET', htu: 'https://api.example' }, { typ: 'dpop+jwt' }, 'token_type_not_accepted'],
  'a global token revocation': [{}, { typ: 'global-token-revocation+jwt' }, 'token_type_not_accepted'],
  'an introspection response': [{ token_introspection: {} }, { typ: undefined }, 'not_an_access_token'],
};

for (const [name, [claims, header, code]] of Object.entries(others)) {
  test(`${name} is refused, though signed by the issuer`, () => {
    assert.equal(outcome(verify(aJwt(key, claims, header), keySetOf(key), lenient)), code);
  });
}

test('an ID token of Cognito and a refresh token of Keycloak are told by the claim that names their kind', () => {
  const cognito = { ...lenient, equals: { token_use: ['access'] } };
  assert.equal(outcome(verify(aJwt(key, { token_use: 'id' }), keySetOf(key), cognito)), 'not_an_access_token');
  assert.equal(outcome(verify(aJwt(key), keySetOf(key), cognito)), 'claim_missing');
  const keycloak = { ...lenient, equals: { typ: ['Bearer'] } };
  assert.equal(outcome(verify(aJwt(key, { typ: 'Refresh' }), keySetOf(key), keycloak)), 'not_an_access_token');
  assert.equal(outcome(verify(aJwt(key, { typ: 'Bearer' }), keySetOf(key), keycloak)), 'accepted');
});
