import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aSigningKey, keySetOf, now, signTexts, verify } from '../../test/fixtures/a-jwt.ts';
import type { Claims } from '../protocol/claims.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import { type PrincipalRules, readPrincipal } from './read-principal.ts';
import { standardPlaces } from './standard-places.ts';

const rules: PrincipalRules = {
  name: 'acme',
  identifier: 'https://acme.example',
  places: standardPlaces,
  demands: [],
  clients: undefined,
  audienceFromClient: false,
};

const key = aSigningKey('ES256');

/** A token that really was verified, about other claims: verification judges most types, too, and is not asked here. */
function verified(claims: Claims): VerifiedToken {
  const text = JSON.stringify({ iss: 'https://issuer.example', exp: now / 1000 + 60, sub: 'a', aud: 'b' });
  const verdict = verify(signTexts(JSON.stringify({ alg: 'ES256', kid: key.kid }), text, key), keySetOf(key), {
    maxLifetimeSeconds: undefined,
  });
  assert.ok(verdict.ok, JSON.stringify(verdict));
  return { ...verdict.value, claims };
}

function read(claims: Claims, changed: Partial<PrincipalRules> = {}): Verdict<Principal> {
  return readPrincipal(verified({ aud: 'api', ...claims }), { ...rules, ...changed });
}

function principal(claims: Claims, changed: Partial<PrincipalRules> = {}): Principal {
  const verdict = read(claims, changed);
  assert.ok(verdict.ok, JSON.stringify(verdict));
  return verdict.value;
}

function refusal(claims: Claims, changed: Partial<PrincipalRules> = {}): readonly [string, unknown] {
  const verdict = read(claims, changed);
  assert.equal(verdict.ok, false, JSON.stringify(claims));
  return [verdict.rejection.code, verdict.rejection.facts['claim']];
}

const mistyped: readonly (readonly [string, Claims])[] = [
  ['sub', { sub: 7 }],
  ['sub', { sub: ['mira'] }],
  ['sub', { sub: { toString: 'mira' } }],
  ['sub', { sub: true }],
  ['client_id', { client_id: ['web'] }],
  ['client_id', { client_id: { id: 'web' } }],
  ['aud', { aud: { api: true } }],
  ['aud', { aud: 7 }],
  ['aud', { aud: ['api', 7] }],
  ['aud', { aud: [['api']] }],
  ['aud', { aud: [null] }],
  ['scope', { scope: { read: true } }],
  ['scope', { scope: 7 }],
  ['scope', { scope: ['read', 7] }],
  ['scope', { scope: ['read write'] }],
  ['scope', { scope: ['read', ''] }],
  ['scope', { scope: 'read  write' }],
  ['scope', { scope: ' read' }],
  ['scope', { scope: 'read\twrite' }],
  ['roles', { roles: { admin: true } }],
  ['roles', { roles: ['clerk', { admin: true }] }],
  ['roles', { roles: [['admin']] }],
  ['groups', { groups: 7 }],
  ['groups', { groups: ['a', null] }],
  ['sid', { sid: 7 }],
  ['jti', { jti: ['a'] }],
  ['iat', { iat: '1790000000' }],
  ['iat', { iat: null }],
  ['cnf', { cnf: 'thumbprint' }],
  ['cnf', { cnf: ['a'] }],
  ['cnf', { cnf: null }],
  ['cnf', { cnf: false }],
];

for (const [claim, claims] of mistyped) {
  test(`${JSON.stringify(claims)} is refused for its type`, () => {
    assert.deepEqual(refusal(claims), ['claim_invalid', claim]);
  });
}

test('what the type of a claim does not allow is refused or read for what it is, and never throws', () => {
  const names = ['sub', 'client_id', 'aud', 'scope', 'roles', 'groups', 'sid', 'jti', 'iat', 'cnf', '_claim_names'];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (claims) => {
      const verdict = read(claims as Claims);
      if (!verdict.ok) return assert.match(verdict.rejection.code, /^claim_(invalid|missing)$/);
      const { subject, client, audiences, scopes, roles, groups } = verdict.value;
      assert.ok([subject, client].every((value) => value === undefined || typeof value === 'string'));
      const lists = [audiences, [...scopes], roles, groups === 'unknown' ? [] : groups];
      assert.ok(lists.flat().every((value) => typeof value === 'string'));
    }),
  );
});

test('null and the empty string say nothing, so the next place is looked at', () => {
  const places = { ...standardPlaces, client: [['client_id'], ['azp']] } as const;
  for (const nothing of [null, '']) {
    assert.equal(principal({ client_id: nothing, azp: 'web' }, { places }).client, 'web');
    assert.equal(principal({ sub: nothing }).subject, undefined);
  }
});

test('the first place that says something counts for scopes, all places for roles', () => {
  const places = {
    ...standardPlaces,
    scopes: [['scope'], ['scp']],
    roles: [['roles'], ['permissions']],
  } as const;
  const { scopes, roles } = principal(
    { scope: 'read', scp: ['write'], roles: 'clerk', permissions: ['refund'] },
    { places },
  );
  assert.deepEqual([...scopes], ['read']);
  assert.deepEqual(roles, ['clerk', 'refund']);
});

test('names like __proto__ and constructor lead nowhere', () => {
  const places = { ...standardPlaces, subject: [['__proto__'], ['constructor', 'name'], ['sub']] } as const;
  assert.equal(principal({ sub: 'mira' }, { places }).subject, 'mira');
});

test('a way that leads through something that is no object is refused', () => {
  const places = { ...standardPlaces, roles: [['realm_access', 'roles']] } as const;
  assert.deepEqual(refusal({ realm_access: 'admin' }, { places }), ['claim_invalid', ['realm_access', 'roles']]);
  assert.deepEqual(principal({}, { places }).roles, []);
  assert.deepEqual(principal({ realm_access: {} }, { places }).roles, []);
});

test('a missing audience is never good: not an empty list, nor without an allow-list of clients', () => {
  for (const aud of [undefined, null, '']) {
    assert.deepEqual(refusal({ aud, client_id: 'web' }), ['claim_missing', 'aud']);
    assert.deepEqual(refusal({ aud, client_id: 'web' }, { audienceFromClient: true }), ['claim_missing', 'aud']);
    assert.deepEqual(refusal({ aud, client_id: 'web' }, { clients: new Set(['web']) }), ['claim_missing', 'aud']);
  }
  const standIn = { audienceFromClient: true, clients: new Set(['web']) };
  assert.deepEqual(principal({ aud: undefined, client_id: 'web' }, standIn).audiences, ['web']);
  assert.deepEqual(refusal({ aud: undefined, client_id: 'other' }, standIn), ['client_not_accepted', undefined]);
  assert.deepEqual(refusal({ aud: undefined }, standIn), ['client_not_accepted', undefined]);
});

test('an empty list of audiences is one that fits no API', () => {
  assert.deepEqual(principal({ aud: [] }).audiences, []);
});

test('what the issuer always sends is demanded', () => {
  assert.deepEqual(refusal({}, { demands: ['subject'] }), ['claim_missing', 'subject']);
  assert.deepEqual(refusal({ sub: 'a' }, { demands: ['subject', 'client'] }), ['claim_missing', 'client']);
});

test('a confirmation of any kind is handed on as it is', () => {
  assert.deepEqual(principal({ cnf: { jkt: 'x', other: {} } }).confirmation, { jkt: 'x', other: {} });
  assert.equal(principal({}).confirmation, undefined);
});
