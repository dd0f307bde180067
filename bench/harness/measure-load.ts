import type { Contestant } from './contestant.ts';
import { processorSeconds } from './processor-time.ts';
import type { Running } from './running.ts';
import type { Site } from './site.ts';
import { type LoadResult, runWrk } from './wrk.ts';

export interface MeasuredLoad {
  /** For each second of processor time that the system took: what one core of its own does. */
  readonly requestsPerCoreSecond: number;
  /** How much of one core it had, from 0 to 1. */
  readonly share: number;
}

/** Node compiles what is hot as it goes; after this it does not get faster any more. */
const warmUpSeconds = 6;
const seconds = 4;

/**
 * One system in fresh processes at full load, its answers verified before and after.
 *
 * @throws where its answers are wrong, or fail under the load
 */
export async function measureLoad(site: Site, contestant: Contestant): Promise<MeasuredLoad> {
  const { label, load } = contestant;
  const running = await contestant.start(site);
  try {
    await contestant.verify();
    await runWrk(load, warmUpSeconds);
    const before = timeOf(running);
    const result = await runWrk(load, seconds);
    const time = timeOf(running) - before;
    await contestant.verify();
    refuseFailures(label, result);
    const share = time / result.seconds;
    if (share < 0.9) console.error(`  ${label}: it had its core for ${Math.round(share * 100)} % of the time`);
    return { requestsPerCoreSecond: result.requests / time, share };
  } finally {
    await running.stop();
  }
}

function timeOf({ pids }: Running): number {
  return pids.reduce((sum, pid) => sum + processorSeconds(pid), 0);
}

function refuseFailures(label: string, { failed, refused }: LoadResult): void {
  if (refused > 0) throw new Error(`${label} refused ${refused} good requests`);
  if (failed > 0) throw new Error(`${label}: ${failed} requests failed under the load`);
}
