import type { PinnedProcess } from './pinned-process.ts';
import { processorSeconds } from './processor-time.ts';
import type { Site, TokenSupply } from './site.ts';
import type { System } from './systems.ts';
import { verifyAnswers } from './verify-answers.ts';
import { type Load, type LoadResult, runWrk } from './wrk.ts';

export interface Contestant {
  /** As the table calls it. */
  readonly label: string;
  readonly system: System;
  readonly tokens: TokenSupply;
  /** Default `/orders`. */
  readonly path?: string;
}

export interface MeasuredLoad {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time that the system took for each request. */
  readonly microsecondsPerRequest: number;
}

const warmUpSeconds = 2;
const seconds = 4;
/** Below this share of its core the system was not the limit, or shared the core with strangers. */
const ownShare = 0.9;
const attempts = 3;

/**
 * One system in a fresh process at full load, its answers verified before and after. A measurement in which it did not
 * have its core for itself says nothing of it, and is repeated.
 *
 * @throws where its answers are wrong
 */
export async function measureLoad(site: Site, contestant: Contestant): Promise<MeasuredLoad> {
  for (let attempt = 1; ; attempt++) {
    const { share, failed, ...measured } = await attemptLoad(site, contestant);
    if (share >= ownShare && failed === 0) return measured;
    const percent = Math.round(share * 100);
    console.error(`  ${contestant.label}: had its core for ${percent} % of the time, ${failed} requests failed`);
    if (attempt === attempts) {
      if (failed > 0) throw new Error(`${contestant.label}: ${failed} requests failed under the load`);
      return measured;
    }
  }
}

async function attemptLoad(
  site: Site,
  { label, system, tokens, path = '/orders' }: Contestant,
): Promise<MeasuredLoad & { readonly share: number; readonly failed: number }> {
  const server = await system.start(site);
  try {
    await verifyAnswers(system, tokens);
    const load: Load = { path, tokenFile: tokens.file, seconds };
    await runWrk({ ...load, seconds: warmUpSeconds });
    const { result, ownSeconds } = await timed(server, load);
    await verifyAnswers(system, tokens);
    if (result.refused > 0) throw new Error(`${label} refused ${result.refused} good tokens`);
    return {
      requestsPerSecond: result.requests / result.seconds,
      p50Ms: result.p50Ms,
      p99Ms: result.p99Ms,
      microsecondsPerRequest: (ownSeconds / result.requests) * 1e6,
      share: ownSeconds / result.seconds,
      failed: result.failed,
    };
  } finally {
    await server.stop();
  }
}

async function timed(
  server: PinnedProcess,
  load: Load,
): Promise<{ readonly result: LoadResult; readonly ownSeconds: number }> {
  const before = processorSeconds(server.pid);
  const result = await runWrk(load);
  return { result, ownSeconds: processorSeconds(server.pid) - before };
}
