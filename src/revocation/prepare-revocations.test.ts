import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from '../base/sha256.ts';
import { prepareRevocations } from './prepare-revocations.ts';
import { forGood } from './retention.ts';
import type { NewRevocation } from './revocation.ts';
import { RevocationInvalid } from './revocation-invalid.ts';

const now = 1_790_000_000_750;
const issuer = 'https://acme.example';
const sound: NewRevocation = {
  issuer,
  kind: 'subject',
  value: 'mira',
  expiresAt: now + 1000,
  actor: 'client:operator',
};

function membersAtFault(...entries: readonly unknown[]): readonly string[] {
  try {
    prepareRevocations(entries as NewRevocation[], now);
    return [];
  } catch (error) {
    assert.ok(error instanceof RevocationInvalid);
    for (const fault of error.faults) assert.ok(fault.reason !== '' && fault.remedy !== '');
    return error.faults.map(({ path }) => path.join('.'));
  }
}

test('A sound entry is completed with its time and its cut-off.', () => {
  const [entry] = prepareRevocations([sound], now);
  assert.equal(entry?.at, now);
  assert.equal(entry?.before, 1_790_000_000);
});

test('A cut-off counts whole seconds, as iat does.', () => {
  const [entry] = prepareRevocations([{ ...sound, before: 1_789_999_999.9 }], now);
  assert.equal(entry?.before, 1_789_999_999);
});

test('One token and one jti die whenever they were issued: they take no cut-off.', () => {
  const token: NewRevocation = { ...sound, kind: 'token', value: sha256Hex('a token') };
  assert.equal(prepareRevocations([token], now)[0]?.before, undefined);
  assert.deepEqual(membersAtFault({ ...token, before: 1 }), ['0.before']);
  assert.deepEqual(membersAtFault({ ...sound, kind: 'jti', before: 1 }), ['0.before']);
});

test('A token is named by its SHA-256 in lower-case hex, and by nothing else.', () => {
  const hash = sha256Hex('a token');
  for (const value of ['eyJhbGciOiJIUzI1NiJ9.e30.x', hash.toUpperCase(), hash.slice(1), `${hash}0`, ` ${hash}`]) {
    assert.deepEqual(membersAtFault({ ...sound, kind: 'token', value }), ['0.value']);
  }
});

test('An unknown kind is refused, also where it is the name of something inherited.', () => {
  for (const kind of ['user', '', 'constructor', '__proto__', 'toString', 7, null, undefined]) {
    assert.deepEqual(membersAtFault({ ...sound, kind }), ['0.kind'], String(kind));
  }
});

test('Texts are never empty, endless, mangled or of another type.', () => {
  for (const text of ['', 'x'.repeat(5000), 'half \ud83d', 7, null, ['mira'], {}]) {
    assert.deepEqual(membersAtFault({ ...sound, value: text }), ['0.value']);
    assert.deepEqual(membersAtFault({ ...sound, issuer: text }), ['0.issuer']);
    assert.deepEqual(membersAtFault({ ...sound, actor: text }), ['0.actor']);
    assert.deepEqual(membersAtFault({ ...sound, client: text }), ['0.client']);
    assert.deepEqual(membersAtFault({ ...sound, reason: text }), ['0.reason']);
  }
});

test('Only a subject is narrowed to a client.', () => {
  assert.deepEqual(membersAtFault({ ...sound, client: 'reporting' }), []);
  assert.deepEqual(membersAtFault({ ...sound, kind: 'session', client: 'reporting' }), ['0.client']);
});

test('All tokens of an issuer die only when it is named twice.', () => {
  assert.deepEqual(membersAtFault({ ...sound, kind: 'issuer', value: issuer }), []);
  assert.deepEqual(membersAtFault({ ...sound, kind: 'issuer', value: 'https://other.example' }), ['0.value']);
});

test('A cut-off is a time in seconds, not far ahead.', () => {
  const second = Math.floor(now / 1000);
  for (const before of [0, second, second + 86_400]) assert.deepEqual(membersAtFault({ ...sound, before }), []);
  for (const before of [-1, second + 86_402, now, Number.NaN, Number.POSITIVE_INFINITY, '1790000000', null]) {
    assert.deepEqual(membersAtFault({ ...sound, before }), ['0.before'], String(before));
  }
});

test('An expiry is a time in milliseconds, neither past nor absurdly far ahead.', () => {
  for (const expiresAt of [now + 1, forGood]) assert.deepEqual(membersAtFault({ ...sound, expiresAt }), []);
  const wrong = [now, now / 1000, forGood + 1, now + 0.5, Number.NaN, Number.POSITIVE_INFINITY, '1', null];
  for (const expiresAt of wrong) assert.deepEqual(membersAtFault({ ...sound, expiresAt }), ['0.expiresAt']);
});

test('Everything that is wrong is named at once, by entry and member.', () => {
  assert.deepEqual(membersAtFault(sound, { ...sound, kind: 'x', actor: '' }, {}), [
    '1.kind',
    '1.actor',
    '2.issuer',
    '2.kind',
    '2.value',
    '2.expiresAt',
    '2.actor',
  ]);
});
