import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapClaims } from './map-claims.ts';

const theirs = {
  email: 'ada@acme.example',
  realm_access: { roles: ['admin'] },
  'https://acme.example/team': 'blue',
  empty: null,
  verified: false,
};

test('claims come by our names, from the first place that leads somewhere', () => {
  const mapped = mapClaims(theirs, {
    mail: [['email']],
    roles: [['roles'], ['realm_access', 'roles']],
    team: [['https://acme.example/team']],
    verified: [['verified']],
  });
  const expected = { mail: 'ada@acme.example', roles: ['admin'], team: 'blue', verified: false };
  assert.deepEqual(mapped, expected);
});

test('what is not there, or null, is left out', () => {
  const places = [['missing'], ['email', 'length'], ['realm_access', 'roles', '0'], ['empty'], ['constructor']];
  assert.deepEqual(mapClaims(theirs, { a: places, b: [] }), {});
});
