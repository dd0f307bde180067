import { alternate } from './alternate.ts';
import type { Contestant } from './contestant.ts';
import { measureLoad } from './measure-load.ts';
import type { Round } from './question.ts';
import type { Site } from './site.ts';

export const requestsPerSecond = 'requests/s of one core';

/** Requests a second of two systems on the same core. @returns of each round the first one's by the second one's */
export async function compareThroughput(site: Site, ours: Contestant, theirs: Contestant): Promise<readonly Round[]> {
  const pairs = await alternate(
    site.rounds,
    () => measureLoad(site, ours),
    () => measureLoad(site, theirs),
  );
  return pairs.map(([our, their]) => ({
    value: our.requestsPerCoreSecond / their.requestsPerCoreSecond,
    figures: { [ours.label]: our.requestsPerCoreSecond, [theirs.label]: their.requestsPerCoreSecond },
    shares: { [ours.label]: our.share, [theirs.label]: their.share },
  }));
}
