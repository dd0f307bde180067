/**
 * How long a revocation takes from the call of `append` in one process until it is in the index of others, over one
 * SQLite file or one PostgreSQL on loopback:
 * `node bench/revocation/propagation.ts sqlite|postgres [revocations] [followers] [pauseMs]`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { sha256Hex } from '../../src/base/sha256.ts';
import { createRevocations, type NewRevocation, revocationsApplied } from '../../src/revocation/index.ts';
import type { Store } from '../../src/store/index.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { PostgresServer } from '../../test/store/a-postgres-server.ts';
import { quantiles } from './quantiles.ts';

const now = (): number => performance.timeOrigin + performance.now();
const [, script = '', engine = 'postgres', count = '1000', followers = '3', pauseMs = '5', place] = process.argv;

async function open(where: string): Promise<Store> {
  if (engine === 'sqlite') return openSqliteStore(where, { clock: systemClock });
  return openPostgresStore({ url: where, clock: systemClock });
}

async function follow(where: string): Promise<void> {
  process.once('disconnect', () => process.exit()); // Following alone keeps no process alive.
  const store = await open(where);
  revocationsApplied.listen(({ entries }) => {
    const at = now();
    process.send?.(entries.map(({ value }) => [value, at]));
  });
  await createRevocations({ log: store.revocationLog, clock: systemClock }).follower.start();
  process.send?.('ready');
}

function entry(n: number): NewRevocation {
  const expiresAt = systemClock() + 3_600_000;
  return { issuer: 'https://acme.example', kind: 'token', value: sha256Hex(String(n)), expiresAt, actor: 'bench' };
}

/** A database for the length of the measurement. */
async function aPlace(): Promise<{ readonly where: string; close(): Promise<unknown> }> {
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
    return { where: join(folder, 'gatehouse.db'), close: async () => rmSync(folder, { recursive: true }) };
  }
  const server = await PostgresServer.start({ fsync: true });
  return { where: await server.createDatabase(), close: () => server.close() };
}

async function measure(): Promise<void> {
  const { where, close } = await aPlace();
  const store = await open(where);
  const sent = new Map<string, number>();
  const durable: number[] = [];
  const applied: number[] = [];
  const children = Array.from({ length: Number(followers) }, () =>
    fork(script, [engine, count, followers, pauseMs, where]),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  for (const child of children) {
    child.on('message', (times: [string, number][]) => {
      for (const [value, at] of times) applied.push(at - (sent.get(value) ?? Number.NaN));
    });
  }
  for (let n = 0; n < Number(count); n++) {
    const revocation = entry(n);
    sent.set(revocation.value, now());
    const appending = store.revocationLog.append([revocation]);
    void appending.then(() => durable.push(now() - (sent.get(revocation.value) ?? Number.NaN)));
    if (Number(pauseMs) === 0) await appending;
    else await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * Number(pauseMs)));
  }
  while (applied.length < Number(count) * children.length) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const child of children) child.kill();
  console.log(`durable: ${quantiles(durable)}`);
  console.log(`in the index of ${followers} processes: ${quantiles(applied)}`);
  await store.close();
  await close();
}

await (place === undefined ? measure() : follow(place));
