import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { StoreUnusable } from '../index.ts';
import { parseDatabaseUrl } from './connection-config.ts';

function refusal(url: string): StoreUnusable {
  try {
    parseDatabaseUrl(url);
  } catch (error) {
    assert.ok(error instanceof StoreUnusable, String(error));
    return error;
  }
  return assert.fail(`accepted: ${url}`);
}

test('A URL says who connects where, with % before what is not plain.', () => {
  const { config, label } = parseDatabaseUrl(
    'postgresql://g%40te:p%2F%40ss@db.example:6432/gate%20house?sslmode=verify-full',
  );
  const { host, port, user, password, database } = config;
  assert.deepEqual(
    { host, port, user, password, database },
    {
      ...{ host: 'db.example', port: 6432, user: 'g@te', password: 'p/@ss', database: 'gate house' },
    },
  );
  assert.equal(label, 'postgres://g%40te@db.example:6432/gate%20house');
});

test('Addresses and sockets are hosts, too.', () => {
  assert.equal(parseDatabaseUrl('postgres://[::1]:5433/db').config.host, '::1');
  assert.equal(parseDatabaseUrl('postgres:///db?host=/run/postgresql').config.host, '/run/postgresql');
  assert.equal(parseDatabaseUrl('postgres://%2Frun%2Fpostgresql/db').config.host, '/run/postgresql');
  assert.equal(parseDatabaseUrl('postgres:///db').config.host, 'localhost');
});

test('On this machine a connection is in the clear unless said otherwise; to another, it must be said.', () => {
  for (const host of ['localhost', '127.0.0.9', '[::1]', '%2Frun']) {
    assert.equal(parseDatabaseUrl(`postgres://${host}/db`).config.ssl, false, host);
  }
  assert.equal(parseDatabaseUrl('postgres://db.example/db?sslmode=disable').config.ssl, false);
  assert.match(refusal('postgres://db.example/db').message, /no `sslmode`.*sslmode=verify-full/);
});

test('What is encrypted is verified, and what might be in the clear by the choice of others is refused.', () => {
  for (const mode of ['require', 'verify-ca', 'verify-full']) {
    assert.deepEqual(parseDatabaseUrl(`postgres://localhost/db?sslmode=${mode}`).config.ssl, { minVersion: 'TLSv1.2' });
  }
  for (const mode of ['prefer', 'allow', 'no-verify', '']) {
    assert.match(refusal(`postgres://localhost/db?sslmode=${mode}`).message, /sslmode=verify-full/);
  }
});

test('Certificates are read from the files that the URL names.', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'ca.pem');
  writeFileSync(file, 'a CA');
  const { ssl } = parseDatabaseUrl(`postgres://db/db?sslmode=verify-full&sslrootcert=${file}&sslcert=${file}`).config;
  assert.deepEqual(ssl, { minVersion: 'TLSv1.2', ca: Buffer.from('a CA'), cert: Buffer.from('a CA') });
  assert.match(refusal(`postgres://db/db?sslmode=verify-full&sslkey=${file}.x`).message, /cannot be read: `sslkey=/);
});

test('A parameter that would be ignored is refused.', () => {
  assert.match(refusal('postgres://localhost/db?sslmdoe=require').message, /`sslmdoe`/);
  assert.match(refusal('postgres://localhost/db?uselibpqcompat=true').message, /`uselibpqcompat`/);
});

test('What is no URL is refused, and nothing of it repeated.', () => {
  for (const url of [
    'secret',
    'mysql://u:secret@h/db',
    'postgres://u:secret%zz@h/db',
    'postgres://u:secret@h:x/db',
    '',
  ]) {
    const error = refusal(url);
    assert.match(error.message, /Write postgres:/);
    assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, /secret/);
  }
});
