import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { PostgresServer } from '../../../test/store/a-postgres-server.ts';
import { systemClock } from '../../base/clock.ts';
import { StoreUnusable } from '../index.ts';
import { openPostgresStore } from './index.ts';

let server: PostgresServer;
before(async () => {
  server = await PostgresServer.start();
});
after(() => server.close());

const open = (url: string) => openPostgresStore({ url, clock: systemClock });
const nameOf = (url: string): string => url.split('/').at(-1) ?? '';
/** The URL for another user of the same database. */
const as = (user: string, url: string): string => url.replace(/\/\/[^@]+@/, `//${user}:secret@`);

test('Processes that start at once on a new database all find the tables.', async () => {
  const url = await server.createDatabase();
  const door = new URL('./index.ts', import.meta.url).href;
  const script = `import { openPostgresStore } from ${JSON.stringify(door)};
    const store = await openPostgresStore({ url: ${JSON.stringify(url)}, clock: Date.now });
    await store.audit.record({ at: 1, actor: 'a', action: 'b', target: 'c', details: {} });
    await store.close();`;
  const children = Array.from({ length: 3 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }),
  );
  const here = Array.from({ length: 4 }, () => open(url));
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  assert.deepEqual(codes, [0, 0, 0]);
  for (const opening of here) await (await opening).close();
  const [counted] = await server.query('SELECT count(*)::integer AS audited FROM gatehouse.audit', nameOf(url));
  assert.equal(counted?.['audited'], 3);
});

test('What is up to date is opened by a role that may not change tables.', async () => {
  const url = await server.createDatabase();
  await (await open(url)).close();
  await server.query("CREATE ROLE worker LOGIN PASSWORD 'secret'");
  await server.query('GRANT USAGE ON SCHEMA gatehouse TO worker', nameOf(url));
  await server.query('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA gatehouse TO worker', nameOf(url));
  const store = await open(as('worker', url));
  await store.audit.record({ at: 1, actor: 'a', action: 'b', target: 'c', details: {} });
  assert.equal((await store.audit.list({ limit: 9 })).length, 1);
  await store.close();
});

test('A role that may make no schema is told so, and works in one that was made for it.', async () => {
  const url = await server.createDatabase();
  await server.query("CREATE ROLE tenant LOGIN PASSWORD 'secret'");
  await assert.rejects(open(as('tenant', url)), (error) => {
    assert.ok(error instanceof StoreUnusable);
    assert.match(error.message, /does not let this user make tables.*CREATE SCHEMA gatehouse/);
    return true;
  });
  await server.query('CREATE SCHEMA gatehouse AUTHORIZATION tenant', nameOf(url));
  await (await open(as('tenant', url))).close();
});

test('The schema of another program is refused and left alone.', async () => {
  const url = await server.createDatabase();
  await server.query('CREATE SCHEMA gatehouse; CREATE TABLE gatehouse.theirs ()', nameOf(url));
  await assert.rejects(open(url), /schema `gatehouse` of another program/);
  const tables = await server.query("SELECT tablename FROM pg_tables WHERE schemaname = 'gatehouse'", nameOf(url));
  assert.deepEqual(tables, [{ tablename: 'theirs' }]);
});

test('A database of a newer version is refused and left alone.', async () => {
  const url = await server.createDatabase();
  await (await open(url)).close();
  await server.query("INSERT INTO gatehouse.migrations (name) VALUES ('0099-future.sql')", nameOf(url));
  const known = readdirSync(new URL('./migrations/', import.meta.url)).length;
  await assert.rejects(open(url), new RegExp(`newer Gatehouse \\(schema ${known + 1}; this one knows ${known}\\)`));
});

test('A migration that fails leaves nothing behind, and the next start makes it good.', async () => {
  const url = await server.createDatabase();
  await server.query('CREATE SCHEMA gatehouse', nameOf(url));
  const stop = `CREATE FUNCTION public.stop() RETURNS event_trigger LANGUAGE plpgsql
    AS $$ BEGIN IF tg_tag = 'CREATE INDEX' THEN RAISE 'no room'; END IF; END $$;
    CREATE EVENT TRIGGER stop ON ddl_command_end EXECUTE FUNCTION public.stop()`;
  await server.query(stop, nameOf(url));
  await assert.rejects(open(url), /no room/);
  const tables = await server.query("SELECT tablename FROM pg_tables WHERE schemaname = 'gatehouse'", nameOf(url));
  assert.deepEqual(tables, []);
  await server.query('DROP EVENT TRIGGER stop', nameOf(url));
  await (await open(url)).close();
});
