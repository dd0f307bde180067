import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listQuery } from './list-query.ts';

test('what narrows the list is asked for as the admin API wants it', () => {
  const query = (options: object): string => listQuery({ limit: 50, ...options }).toString();
  assert.equal(query({}), 'limit=50');
  assert.equal(query({ issuer: 'acme', kind: 'token' }), 'limit=50&issuer=acme&kind=token');
  assert.equal(query({ subject: 'a&b=c' }), 'limit=50&kind=subject&value=a%26b%3Dc');
  assert.equal(query({ since: '2026-11-24T08:00:00.000Z' }), 'limit=50&since=2026-11-24T08%3A00%3A00.000Z');
});

test('a subject beside a kind or a value would be passed over, and is refused', () => {
  for (const other of [{ kind: 'token' }, { value: 'mira' }]) {
    assert.throws(() => listQuery({ limit: 50, subject: 'mira', ...other }), /--subject is short for .* Remedy: /);
  }
});
