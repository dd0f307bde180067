import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { StoreUnavailable } from '../../base/store-unavailable.ts';
import { build } from '../query-builder.ts';
import { openDatabase } from './open-database.ts';
import { sqliteCodeOf, sqliteCodes } from './sqlite-error.ts';

test('what surrounds the database is told from what is wrong with a statement', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'gatehouse.db');
  const { reader, writer } = openDatabase(path);
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const isLocked = (error: unknown) => error instanceof StoreUnavailable && sqliteCodeOf(error) === sqliteCodes.busy;
  assert.throws(() => writer.exec('BEGIN IMMEDIATE'), isLocked);
  other.close();
  assert.throws(
    () => writer.exec('NO SUCH STATEMENT'),
    (error) => !(error instanceof StoreUnavailable),
  );
  writer.close();
  reader.close();
  assert.throws(() => reader.all(build.selectFrom('secrets').selectAll()), StoreUnavailable);
});
