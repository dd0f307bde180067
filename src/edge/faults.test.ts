import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHub, type TestHub } from '../../test/fixtures/a-hub.ts';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import { until } from '../../test/store/until.ts';
import { systemClock } from '../base/clock.ts';
import { createHttpClient } from '../net/index.ts';
import type { FollowedRevocations, NewRevocation, Revocation } from '../revocation/index.ts';
import { followHub } from './follow-hub.ts';

const issuer = 'https://acme.example';

function numbered(name: string, count: number): NewRevocation[] {
  const expiresAt = systemClock() + 3_600_000;
  const common = { issuer, kind: 'subject', expiresAt, actor: 'test' } as const;
  return Array.from({ length: count }, (_, n) => ({ ...common, value: `${name}-${n}` }));
}

/** A hub, and all that was appended to its log. */
class Recorded {
  readonly hub: TestHub;
  readonly entries: Revocation[] = [];

  constructor(hub: TestHub) {
    this.hub = hub;
  }

  async append(name: string, count: number): Promise<void> {
    this.entries.push(...(await this.hub.log.append(numbered(name, count))));
  }

  /** What is not in force of all up to the place that was reached, where that is of this log. */
  async missing({ index, follower }: FollowedRevocations): Promise<string[]> {
    const { applied } = follower;
    const missing = this.entries
      .filter(
        ({ seq, value }) => seq <= applied.seq && !index.match(aPrincipal({ issuer, subject: value, issuedAt: 1 })),
      )
      .map(({ value }) => value);
    return (await this.hub.log.readAfter(applied, 1)) === undefined ? [] : missing;
  }
}

test('Over connections that break at any byte, stall and lead to another database, what is confirmed is complete.', async (t) => {
  const first = new Recorded(await aHub(t));
  const second = new Recorded(await aHub(t));
  await first.append('first', 500);
  await second.append('second', 700);
  const { hub } = first;
  const http = createHttpClient({ timeout: 2000 });
  const edge = followHub({ hub: hub.options, http, clock: systemClock, maxStalenessMs: 2000, name: 'edge-1' });
  t.after(() => http.close());
  let seed = 7;
  const chance = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  hub.link.cutAfter(() => (chance(3) === 0 ? Number.POSITIVE_INFINITY : 300 + chance(60_000)));
  const started = edge.start();
  let current = first;
  const deadline = performance.now() + 8000;
  for (let n = 0; performance.now() < deadline; n++) {
    await current.append(`${current === first ? 'first' : 'second'}-${n}`, 1 + chance(40));
    if (n % 40 === 20) {
      current = current === first ? second : first;
      hub.leadTo(current.hub.admin);
    }
    if (n % 15 === 10) hub.link.cut();
    if (n % 60 === 45) {
      hub.link.fallSilent();
      hub.link.recover();
    }
    await new Promise((resolve) => setTimeout(resolve, chance(40)));
    assert.deepEqual([...(await first.missing(edge)), ...(await second.missing(edge))], []);
  }
  hub.link.cutAfter(() => Number.POSITIVE_INFINITY);
  hub.link.cut();
  await started;
  const head = await current.hub.log.head();
  await until(
    async () =>
      edge.follower.applied.seq === head && (await current.hub.log.readAfter(edge.follower.applied, 1)) !== undefined,
  );
  assert.deepEqual(await current.missing(edge), []);
  assert.equal(edge.index.size, current.entries.length);
  await edge.stop();
});

test('100,000 entries at the start are read in seconds, through a break in their midst.', async (t) => {
  const hub = await aHub(t);
  for (let n = 0; n < 10; n++) await hub.log.append(numbered(`part-${n}`, 10_000));
  const http = createHttpClient({ timeout: 2000 });
  t.after(() => http.close());
  const edge = followHub({ hub: hub.options, http, clock: systemClock, maxStalenessMs: 5000, name: 'edge-1' });
  const broken = setTimeout(() => hub.link.cut(), 400);
  await edge.start();
  clearTimeout(broken);
  assert.equal(edge.index.size, 100_000);
  assert.equal(edge.follower.applied.seq, await hub.log.head());
  await edge.stop();
});
