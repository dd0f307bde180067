import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { StoreUnavailable } from '../../base/store-unavailable.ts';
import type { GatewayReport } from '../../revocation/index.ts';
import { createRoster, type SqliteRoster } from './gateway-roster.ts';

const gateway: GatewayReport = {
  id: 'a',
  name: 'edge-1',
  startedAt: 1_790_000_000_000,
  applied: { seq: 41, mark: 'mark' },
  leaseMs: 5000,
};
let directory: string;
let path: string;
let uptimeMs: number;
let opened: SqliteRoster[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  path = join(directory, 'gatehouse.db-gateways');
  uptimeMs = 700_000;
  opened = [];
});
afterEach(async () => {
  for (const roster of opened) await roster.close();
  rmSync(directory, { recursive: true, force: true });
});

function open(isFirst = false): SqliteRoster {
  const roster = createRoster({ path, isFirst, uptime: () => uptimeMs });
  opened.push(roster);
  return roster;
}

test('Silence is counted on the clock that all processes of the machine share.', async () => {
  await open().report(gateway);
  uptimeMs += 1234;
  const { gateways, keptForMs } = await open().list();
  assert.deepEqual([gateways[0]?.silentMs, keptForMs], [1234, 1234]);
});

test('Who was there before the machine started is there no more, and nobody is missed.', async () => {
  await open().report(gateway);
  uptimeMs = 2000;
  const { gateways, keptForMs } = await open().list();
  assert.deepEqual([gateways, keptForMs], [[], 2000]);
});

test('Who reports while another waits between asking and reading is there, with no silence at all.', async () => {
  const times = [700_000, 700_009];
  await open().report(gateway);
  uptimeMs += 5;
  await open().report({ ...gateway, id: 'b' });
  const waiting = createRoster({ path, uptime: () => times.shift() ?? uptimeMs });
  opened.push(waiting);
  const { gateways } = await waiting.list();
  assert.deepEqual(
    gateways.map(({ id, silentMs }) => [id, silentMs]),
    [
      ['a', 0],
      ['b', 0],
    ],
  );
});

test('With a database that is made just now, nobody was there before; with any other, somebody may have been.', async () => {
  const first = open(true);
  assert.equal((await first.list()).keptForMs, 700_000);
  assert.equal((await open().list()).keptForMs, 700_000);
  await first.close();
  rmSync(path);
  const another = open();
  await another.list();
  uptimeMs += 10;
  assert.equal((await another.list()).keptForMs, 10);
});

test('A file that is damaged begins anew, and is for its owner alone.', async () => {
  writeFileSync(path, 'not a database '.repeat(500));
  await open().report(gateway);
  assert.equal((await open().list()).gateways.length, 1);
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('Into a file that nobody else sees, nothing is reported.', async () => {
  const roster = open();
  await roster.report(gateway);
  rmSync(path);
  await assert.rejects(roster.report(gateway), StoreUnavailable);
  await assert.rejects(roster.list(), StoreUnavailable);
});
