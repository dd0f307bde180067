import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { createAuthority, selfSigned } from '../../../test/fixtures/certificates.ts';
import { PostgresServer } from '../../../test/store/a-postgres-server.ts';
import { freePort } from '../../../test/store/free-port.ts';
import { systemClock } from '../../base/clock.ts';
import { StoreUnusable } from '../index.ts';
import { openPostgresStore } from './index.ts';
import { openDatabase } from './open-database.ts';

const authority = createAuthority();
let directory: string;
let server: PostgresServer;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  writeFileSync(join(directory, 'ca.pem'), authority.cert);
  writeFileSync(join(directory, 'other.pem'), selfSigned('localhost').cert);
  server = await PostgresServer.start({ tls: authority.issue('localhost') });
});
after(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

const open = (url: string, patienceMs = 0) => openPostgresStore({ url, clock: systemClock, patienceMs });

async function unusable(url: string): Promise<StoreUnusable> {
  const error = await open(url).then(
    () => assert.fail('it was opened'),
    (failure: unknown) => failure,
  );
  assert.ok(error instanceof StoreUnusable, String(error));
  assert.ok(!error.message.includes('\n'));
  const told = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
  assert.ok(!told.includes(server.password) && !told.includes('wrong-secret'), 'the password is told');
  return error;
}

/** The URL by the name that the certificate is for. */
const byName = (url: string, parameters: string): string => `${url.replace('127.0.0.1', 'localhost')}?${parameters}`;

test('What cannot be opened says why, and what to do.', async () => {
  const url = server.url();
  const cases: readonly [string, RegExp][] = [
    [url.replace(server.password, 'wrong-secret'), /refuses the password/],
    [url.replace(`:${server.password}`, ''), /asks for a password/],
    [`${url}x`, /does not exist.*Create the database/],
    [`postgres://postgres:wrong-secret@127.0.0.1:${await freePort()}/x`, /cannot be reached/],
    ['postgres://u:wrong-secret@nobody.invalid/x?sslmode=disable', /host name/],
    [`${url}?sslmode=verify-full`, /certificate that is not trusted.*sslrootcert/],
  ];
  for (const [wrong, reason] of cases) assert.match((await unusable(wrong)).message, reason);
});

test('A connection by TLS is made to whom the certificate names, and to nobody else.', async () => {
  const url = await server.createDatabase();
  const trusted = `sslmode=verify-full&sslrootcert=${directory}/ca.pem`;
  const store = await open(byName(url, trusted));
  assert.equal(await store.secrets.readOrCreate('a', 'b'), 'b');
  const sessions = await server.query(
    "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'gatehouse'",
  );
  assert.deepEqual(sessions, [{ ssl: true }]);
  await store.close();
  assert.match((await unusable(`${url}?${trusted}`)).message, /certificate of another host/);
  assert.match((await unusable(byName(url, 'sslmode=require'))).message, /not trusted/);
  const other = `sslmode=verify-ca&sslrootcert=${directory}/other.pem`;
  assert.match((await unusable(byName(url, other))).message, /not trusted/);
});

test('A server without TLS is not spoken to in the clear where TLS was asked for.', async (t) => {
  const plain = await PostgresServer.start();
  t.after(() => plain.close());
  assert.match((await unusable(`${plain.url()}?sslmode=require`)).message, /does not speak TLS/);
});

test('A database that is starting up is waited for.', async () => {
  const url = await server.createDatabase();
  await server.stop();
  const opening = open(url, 20_000);
  await server.start();
  await (await opening).close();
});

test('A standby is refused: what it shows may be behind.', async (t) => {
  await server.stop();
  const standby = await server.standby();
  t.after(() => standby.close());
  await server.start();
  await standby.start();
  assert.match((await unusable(standby.url())).message, /is a standby.*Name the primary/);
});

test('A commit that is acknowledged is on the disk, and no statement lasts, whatever the database says.', async (t) => {
  const url = await server.createDatabase();
  const name = url.split('/').at(-1);
  await server.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  await server.query(`ALTER DATABASE ${name} SET default_transaction_isolation = serializable`);
  const settingsOf = async () => {
    const { pool } = await openDatabase({ url, poolSize: 1, patienceMs: 0 });
    t.after(() => pool.end());
    const { rows } = await pool.query(`SELECT current_setting('synchronous_commit') AS durable,
      current_setting('default_transaction_isolation') AS isolation, coalesce(current_setting('transaction_timeout', true), '6s') AS timeout`);
    return rows[0];
  };
  assert.deepEqual(await settingsOf(), { durable: 'on', isolation: 'read committed', timeout: '6s' });
  await server.query(`ALTER DATABASE ${name} SET synchronous_commit = remote_apply`);
  assert.equal((await settingsOf()).durable, 'remote_apply');
});
