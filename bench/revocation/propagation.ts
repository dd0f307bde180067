/**
 * How long a revocation takes from the call of `append` in one process until it is in the index of others, over one
 * PostgreSQL on loopback: `node bench/revocation-propagation.ts [revocations] [followers] [pauseMs]`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '../src/base/clock.ts';
import { sha256Hex } from '../src/base/sha256.ts';
import { createRevocations, type NewRevocation, revocationsApplied } from '../src/revocation/index.ts';
import { openPostgresStore } from '../src/store/postgres/index.ts';
import { PostgresServer } from '../test/store/a-postgres-server.ts';

const now = (): number => performance.timeOrigin + performance.now();
const [, script = '', count = '1000', followers = '3', pauseMs = '5', url] = process.argv;

async function follow(databaseUrl: string): Promise<void> {
  const store = await openPostgresStore({ url: databaseUrl, clock: systemClock });
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

async function measure(): Promise<void> {
  const server = await PostgresServer.start({ fsync: true });
  const databaseUrl = await server.createDatabase();
  const store = await openPostgresStore({ url: databaseUrl, clock: systemClock });
  const sent = new Map<string, number>();
  const durable: number[] = [];
  const applied: number[] = [];
  const children = Array.from({ length: Number(followers) }, () =>
    fork(script, [count, followers, pauseMs, databaseUrl]),
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
  report('durable', durable);
  report(`applied by ${followers}`, applied);
  await store.close();
  await server.close();
}

function report(what: string, times: number[]): void {
  times.sort((a, b) => a - b);
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  console.log(
    `${what}: n=${times.length} p50=${at(0.5)} p90=${at(0.9)} p99=${at(0.99)} p99.9=${at(0.999)} max=${at(1)} ms`,
  );
}

await (url === undefined ? measure() : follow(url));
