import { readFileSync } from 'node:fs';
import { alternate } from '../harness/alternate.ts';
import type { Contestant } from '../harness/contestant.ts';
import { gate } from '../harness/gate.ts';
import { p99AtFixedRate } from '../harness/h2load.ts';
import { measureLoad } from '../harness/measure-load.ts';
import type { Question } from '../harness/question.ts';
import type { Site, TokenSupply } from '../harness/site.ts';
import { gatehouse, haproxy } from '../harness/systems.ts';
import { runWrk } from '../harness/wrk.ts';

export const latencyAgainstHaproxy: Question = {
  name: 'p99',
  asks: "99 % of requests (RS256) are answered within, at 70 % of HAProxy's peak rate, against HAProxy",
  goal: { bound: 'at most', value: 1.5 },
  unit: 'ms',
  needs: ['taskset', 'wrk', 'nginx', 'haproxy', 'h2load'],
  async measure(site) {
    const tokens = site.tokens('RS256');
    const [ours, theirs] = [gate(gatehouse(), tokens), gate(haproxy('rs256'), tokens)];
    const peak = (await measureLoad(site, theirs)).requestsPerCoreSecond;
    const measure = (contestant: Contestant) => () => measureLatency(site, contestant, tokens, peak * 0.7);
    const pairs = await alternate(site.rounds, measure(ours), measure(theirs));
    return pairs.map(([our, their]) => ({
      value: our / their,
      figures: { [ours.label]: our, [theirs.label]: their },
    }));
  },
};

async function measureLatency(
  site: Site,
  contestant: Contestant,
  { file }: TokenSupply,
  requestsPerSecond: number,
): Promise<number> {
  const running = await contestant.start(site);
  try {
    await contestant.verify();
    await runWrk(contestant.load, 6);
    const tokens = readFileSync(file, 'utf8').split('\n').slice(0, 8);
    const p99 = await p99AtFixedRate(site, { tokens, requestsPerSecond, seconds: 5 });
    await contestant.verify();
    return p99;
  } finally {
    await running.stop();
  }
}
