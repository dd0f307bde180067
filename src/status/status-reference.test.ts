import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../protocol/claims.ts';
import { readStatusReference } from './status-reference.ts';

const uri = 'https://acme.example/lists/1';

test('a token without the claim names no list', () => {
  assert.deepEqual(readStatusReference({}), { ok: true, value: undefined });
});

test('reads address and index, and passes over what else the reference has', () => {
  const status = { status_list: { uri, idx: 7, more: true } };
  assert.deepEqual(readStatusReference({ status }), { ok: true, value: { uri, idx: 7 } });
});

const unreadable: Readonly<Record<string, Json>> = {
  'a text': 'active',
  null: null,
  'an empty object': {},
  'an unknown mechanism': { identifier_list: { id: 'a', uri } },
  'an unknown mechanism beside the list': { status_list: { uri, idx: 0 }, identifier_list: { id: 'a', uri } },
  'a list that is no object': { status_list: [0, uri] },
  'no uri': { status_list: { idx: 0 } },
  'a uri that is no text': { status_list: { uri: 1, idx: 0 } },
  'an endless uri': { status_list: { uri: `${uri}${'x'.repeat(2048)}`, idx: 0 } },
  'no idx': { status_list: { uri } },
  'idx -1': { status_list: { uri, idx: -1 } },
  'idx 0.5': { status_list: { uri, idx: 0.5 } },
  'idx as text': { status_list: { uri, idx: '0' } },
  'idx beyond exact numbers': { status_list: { uri, idx: 2 ** 53 } },
  'idx true': { status_list: { uri, idx: true } },
};

for (const [what, status] of Object.entries(unreadable)) {
  test(`refuses ${what}`, () => {
    const verdict = readStatusReference({ status });
    assert.equal(verdict.ok ? 'read' : verdict.rejection.code, 'token_status_unreadable');
  });
}
