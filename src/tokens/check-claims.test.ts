import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectation, ordinaryClaims } from '../../test/fixtures/a-jwt.ts';
import type { Claims } from '../protocol/claims.ts';
import { longestLifetimeSeconds } from '../protocol/longest-lifetime.ts';
import { checkClaims } from './check-claims.ts';
import type { JwtExpectation } from './expectation.ts';

function without(claim: string): Claims {
  return Object.fromEntries(Object.entries(ordinaryClaims).filter(([name]) => name !== claim));
}

function codeOf(claims: Claims, demands: Partial<JwtExpectation> = {}): string | undefined {
  return checkClaims(claims, { ...expectation, ...demands })?.code;
}

test('ordinary claims pass', () => {
  assert.equal(codeOf(ordinaryClaims), undefined);
});

test('`iss` and `exp` are always required, other claims as the issuer is known to send them', () => {
  for (const claim of ['iss', 'exp']) assert.equal(codeOf(without(claim), { required: [] }), 'claim_missing');
  assert.equal(codeOf(without('sub'), { required: [] }), undefined);
  const rejected = checkClaims(without('sub'), expectation);
  assert.deepEqual(rejected, {
    code: 'claim_missing',
    facts: { claim: 'sub', present: ['iss', 'aud', 'client_id', 'scope', 'iat', 'exp', 'jti'] },
  });
});

test('where issuer and expiry are not indispensable they may be absent, and are checked all the same', () => {
  const bare = { ...ordinaryClaims, iss: undefined, exp: undefined };
  const demands = { ...expectation, maxLifetimeSeconds: undefined };
  assert.equal(checkClaims(bare, demands, [])?.code, undefined);
  assert.equal(checkClaims(bare, demands, ['exp'])?.code, 'claim_missing');
  assert.equal(checkClaims({ ...bare, iss: 'https://other.example' }, demands, [])?.code, 'claim_invalid');
  assert.equal(checkClaims({ ...bare, iss: null }, demands, [])?.code, 'claim_invalid');
  assert.equal(checkClaims({ ...bare, exp: '1790003600' }, demands, [])?.code, 'claim_invalid');
  const unbounded = checkClaims(bare, { ...demands, maxLifetimeSeconds: 60 }, []);
  assert.deepEqual([unbounded?.code, unbounded?.facts['claim']], ['claim_missing', 'exp']);
});

test('a required claim that says nothing is missing', () => {
  for (const value of ['', []]) assert.equal(codeOf({ ...ordinaryClaims, aud: value }), 'claim_missing');
  assert.equal(codeOf({ ...ordinaryClaims, tenant: null }, { required: ['tenant'] }), 'claim_missing');
  assert.equal(codeOf({ ...ordinaryClaims, tenant: 0 }, { required: ['tenant'] }), undefined);
});

test('a required claim must be written in the token, not inherited', () => {
  const bare: Claims = Object.assign(Object.create(null), ordinaryClaims);
  for (const claim of ['constructor', '__proto__', 'toString']) {
    assert.equal(codeOf(bare, { required: [claim] }), 'claim_missing', claim);
  }
});

test('the issuer is compared letter by letter', () => {
  const others = [
    'https://issuer.example/',
    'https://ISSUER.example',
    'http://issuer.example',
    ' https://issuer.example',
  ];
  for (const iss of [...others, 'issuer.example', 'https://issuer.example.evil', '__proto__']) {
    assert.equal(codeOf({ ...ordinaryClaims, iss }), 'claim_invalid', iss);
  }
  const issuers = ['https://accounts.example', 'accounts.example'];
  assert.equal(codeOf({ ...ordinaryClaims, iss: 'accounts.example' }, { issuers }), undefined);
});

test('a claim that must equal one of some strings does so as a string', () => {
  const equals = { tenant: ['a', 'b'] };
  assert.equal(codeOf({ ...ordinaryClaims, tenant: 'b' }, { equals }), undefined);
  assert.equal(codeOf(ordinaryClaims, { equals }), 'claim_missing');
  for (const tenant of ['c', 'A', '', null, ['a'], 1, { a: 1 }]) {
    assert.equal(codeOf({ ...ordinaryClaims, tenant }, { equals }), 'claim_invalid');
  }
});

test('a claim that tells the kind of the token is named as such', () => {
  for (const claim of ['token_use', 'typ']) {
    const rejected = codeOf({ ...ordinaryClaims, [claim]: 'id' }, { equals: { [claim]: ['access'] } });
    assert.equal(rejected, 'not_an_access_token');
  }
});

test('the lifetime is bounded, from `iat` to `exp`', () => {
  assert.equal(codeOf(ordinaryClaims, { maxLifetimeSeconds: 3600 }), undefined);
  assert.equal(codeOf(ordinaryClaims, { maxLifetimeSeconds: 3599 }), 'lifetime_too_long');
  assert.equal(codeOf(without('iat'), { maxLifetimeSeconds: 3600 }), 'claim_missing');
  assert.equal(codeOf(without('iat'), { maxLifetimeSeconds: undefined }), undefined);
});

test('where no lifetime is configured, five years bound it', () => {
  const living = (seconds: number): Claims => ({ ...ordinaryClaims, exp: Number(ordinaryClaims['iat']) + seconds });
  const unbounded = { maxLifetimeSeconds: undefined };
  assert.equal(codeOf(living(longestLifetimeSeconds), unbounded), undefined);
  assert.equal(codeOf(living(longestLifetimeSeconds + 1), unbounded), 'lifetime_too_long');
});
