import { type Contestant, type MeasuredLoad, measureLoad } from './measure-load.ts';
import type { Round } from './question.ts';
import type { Site } from './site.ts';

/**
 * Requests a second of two systems, one after the other on the same core, fresh processes each round, the order
 * reversed each round.
 *
 * @returns of each round the first one's divided by the second one's
 */
export async function compareThroughput(site: Site, ours: Contestant, theirs: Contestant): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < site.rounds; round++) {
    const order = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
    const measured = new Map<Contestant, MeasuredLoad>();
    for (const contestant of order) measured.set(contestant, await measureLoad(site, contestant));
    const [our, their] = [measured.get(ours), measured.get(theirs)] as [MeasuredLoad, MeasuredLoad];
    rounds.push({
      value: our.requestsPerSecond / their.requestsPerSecond,
      figures: { [ours.label]: our.requestsPerSecond, [theirs.label]: their.requestsPerSecond },
      processorTime: { [ours.label]: our.microsecondsPerRequest, [theirs.label]: their.microsecondsPerRequest },
    });
  }
  return rounds;
}
