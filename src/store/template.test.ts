import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PostgresQueryCompiler, SqliteQueryCompiler } from 'kysely';
import { build } from './query-builder.ts';
import { statementsBy, template } from './template.ts';

const inSqlite = statementsBy(new SqliteQueryCompiler());
const inPostgres = statementsBy(new PostgresQueryCompiler());

test('A template is built once, and runs with the values of each time.', () => {
  let times = 0;
  const insert = template((row: { readonly name: string; readonly value: string }) => {
    times += 1;
    return build.insertInto('secrets').values(row);
  });
  for (const value of ['one', 'two']) {
    const { sql, parameters } = inSqlite(insert({ name: 'cookies', value }));
    assert.equal(sql, 'insert into "secrets" ("name", "value") values (?, ?)');
    assert.deepEqual(parameters, ['cookies', value]);
  }
  assert.equal(times, 1);
});

test('Each engine makes of it what it speaks, with what is the same each time between the values.', () => {
  const used = template(({ key, at }: { readonly key: string; readonly at: number }) =>
    build.updateTable('artifacts').set({ consumed_at: at }).where('model', '=', 'Grant').where('key', '=', key),
  );
  const query = used({ key: 'k', at: 7 });
  assert.match(inSqlite(query).sql, / = \? where "model" = \? and "key" = \?$/);
  assert.match(inPostgres(query).sql, / = \$1 where "model" = \$2 and "key" = \$3$/);
  assert.deepEqual(inSqlite(query).parameters, [7, 'Grant', 'k']);
  assert.deepEqual(inPostgres(used({ at: 8, key: 'l' })).parameters, [8, 'Grant', 'l']);
});

test('A query that is no template is compiled as it is.', () => {
  const { sql, parameters } = inSqlite(build.selectFrom('clients').select('id').where('id', '=', 'reporting'));
  assert.equal(sql, 'select "id" from "clients" where "id" = ?');
  assert.deepEqual(parameters, ['reporting']);
});
