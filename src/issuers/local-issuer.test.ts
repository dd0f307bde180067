import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwt, aSigningKey, now, outcome, type SigningKey, verify } from '../../test/fixtures/a-jwt.ts';
import { createLocalIssuer } from './local-issuer.ts';

const issuer = 'https://issuer.example';

function local(...keys: readonly SigningKey[]) {
  let published: object = { keys: keys.map(({ jwk }) => jwk) };
  const made = createLocalIssuer({
    name: 'provider',
    issuer,
    algorithms: ['ES256'],
    maxLifetimeSeconds: 3600,
    jwks: () => published,
  });
  return {
    issuer: made,
    publish(...others: readonly SigningKey[]) {
      published = { keys: others.map(({ jwk }) => jwk) };
    },
  };
}

test('our own keys are current at once, and the same object until they change', async () => {
  const one = aSigningKey('ES256', 'one');
  const { issuer: own, publish } = local(one);
  const first = own.keys.current();
  assert.equal(first?.byId('one').length, 1);
  assert.equal(own.keys.current(), first);
  publish(one, aSigningKey('ES256', 'two'));
  assert.equal(own.keys.current()?.byId('two').length, 1);
  assert.equal(await own.keys.refresh('three'), own.keys.current());
  assert.deepEqual(
    own.keys.health().keys.map(({ kid }) => kid),
    ['one', 'two'],
  );
});

test('a token of ours is read by the names of RFC 9068, and is of its type', () => {
  const key = aSigningKey('ES256', 'one');
  const { issuer: own } = local(key);
  const keySet = own.keys.current();
  assert.ok(keySet !== undefined);
  const verified = verify(aJwt(key, { sid: 's-1' }), keySet, own.expectation, now);
  assert.ok(verified.ok);
  const principal = own.principalOf(verified.value);
  assert.ok(principal.ok);
  const { subject, client, audiences, scopes, session, tokenId, issuerName } = principal.value;
  assert.deepEqual(
    [subject, client, audiences, [...scopes], session, tokenId, issuerName],
    [
      'mira',
      'orders-web',
      ['https://api.example.com/orders'],
      ['orders:read'],
      's-1',
      'Lk9Zr0Vd5mTn8HsYpQ7xAA',
      'provider',
    ],
  );
  for (const typ of ['JWT', undefined]) {
    assert.equal(outcome(verify(aJwt(key, {}, { typ }), keySet, own.expectation)), 'token_type_not_accepted');
  }
  for (const claim of ['sub', 'client_id', 'aud', 'iat', 'jti']) {
    assert.equal(outcome(verify(aJwt(key, { [claim]: undefined }), keySet, own.expectation)), 'claim_missing', claim);
  }
});
