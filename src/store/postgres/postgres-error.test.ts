import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import pg from 'pg';
import { StoreUnavailable } from '../../base/store-unavailable.ts';
import { isConflict, storeError } from './postgres-error.ts';

function refusal(code: string, message = 'refused'): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, 1, 'error'), { code, detail: 'Failing row contains (secret).' });
}

test('What surrounds the database is told from what is wrong with a statement.', () => {
  const outside = ['08006', '25006', '28P01', '3D000', '40P01', '53300', '55P03', '57014', '57P01', '58030', 'XX001'];
  for (const code of outside) assert.ok(storeError(refusal(code)) instanceof StoreUnavailable, code);
  for (const code of ['23505', '42P01', '22001', '0A000']) {
    assert.ok(!(storeError(refusal(code)) instanceof StoreUnavailable), code);
  }
});

test('A connection that failed is the surroundings, too, and says something even where its error says nothing.', () => {
  const refused = Object.assign(new AggregateError([new Error('a'), new Error('b')]), { code: 'ECONNREFUSED' });
  assert.equal(String(storeError(refused)), 'StoreUnavailable: ECONNREFUSED');
  assert.equal(String(storeError(new Error('Connection terminated'))), 'StoreUnavailable: Connection terminated');
});

test('A mistake of ours stays what it is.', () => {
  const mistake = new TypeError('undefined is not a function');
  assert.equal(storeError(mistake), mistake);
});

test('No error repeats the row or the value that was refused.', () => {
  for (const error of [refusal('23514'), refusal('22P02', 'invalid input: "secret"'), refusal('57014')]) {
    const told = storeError(error);
    assert.doesNotMatch(`${inspect(told, { depth: 9, showHidden: true })} ${JSON.stringify(told)}`, /secret/);
  }
});

test('Who was in the way of others may try again at once.', () => {
  assert.ok(isConflict(refusal('40001')) && isConflict(refusal('40P01')));
  assert.ok(!isConflict(refusal('40003')) && !isConflict(new Error('40001')));
});
