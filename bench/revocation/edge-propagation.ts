/**
 * How long a revocation takes from the call of `append` at a hub until it is in the index of edges that follow it over
 * HTTP on loopback, each in a process of its own, and until a receipt could say so:
 * `node bench/revocation/edge-propagation.ts [revocations] [edges] [pauseMs]`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { sha256Hex } from '../../src/base/sha256.ts';
import { followHub } from '../../src/edge/index.ts';
import { createHttpClient } from '../../src/net/index.ts';
import { type NewRevocation, revocationsApplied } from '../../src/revocation/index.ts';
import { aHub } from '../../test/fixtures/a-hub.ts';
import { quantiles } from './quantiles.ts';

const now = (): number => performance.timeOrigin + performance.now();
const [, script = '', count = '1000', edges = '3', pauseMs = '5', hubOptions] = process.argv;

async function follow(options: string): Promise<void> {
  const http = createHttpClient();
  revocationsApplied.listen(({ entries, initial }) => {
    const at = now();
    if (!initial) process.send?.(entries.map(({ value }) => [value, at]));
  });
  const name = `edge-${process.pid}`;
  await followHub({ hub: JSON.parse(options), http, clock: systemClock, maxStalenessMs: 5000, name }).start();
  process.send?.('ready');
}

function entry(n: number): NewRevocation {
  const expiresAt = systemClock() + 3_600_000;
  return { issuer: 'https://acme.example', kind: 'token', value: sha256Hex(String(n)), expiresAt, actor: 'bench' };
}

async function measure(t: TestContext): Promise<void> {
  const { options, log, admin } = await aHub(t);
  const sent = new Map<string, number>();
  const durable: number[] = [];
  const applied: number[] = [];
  const reported: number[] = [];
  const children = Array.from({ length: Number(edges) }, () =>
    fork(script, [count, edges, pauseMs, JSON.stringify({ ...options, url: admin.url })]),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  for (const child of children) {
    child.on('message', (times: [string, number][]) => {
      for (const [value, at] of times) applied.push(at - (sent.get(value) ?? Number.NaN));
    });
  }
  for (let n = 0; n < Number(count); n++) {
    const revocation = entry(n);
    const sentAt = now();
    sent.set(revocation.value, sentAt);
    const [appended] = await log.append([revocation]);
    durable.push(now() - sentAt);
    if (n % 20 === 0) {
      const isReported = async (): Promise<boolean> =>
        (await admin.store.gatewayRoster.list()).gateways.every((each) => each.applied.seq >= (appended?.seq ?? 0));
      while (!(await isReported())) await new Promise((resolve) => setTimeout(resolve, 1));
      reported.push(now() - sentAt);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * Number(pauseMs)));
  }
  while (applied.length < Number(count) * children.length) await new Promise((resolve) => setTimeout(resolve, 20));
  console.log(`durable: ${quantiles(durable)}`);
  console.log(`in the index of ${edges} edges: ${quantiles(applied)}`);
  console.log(`on the roster, all of them: ${quantiles(reported)}`);
  for (const child of children) {
    child.kill();
    await once(child, 'exit');
  }
}

if (hubOptions === undefined) test('the propagation to edges', measure);
else await follow(hubOptions);
