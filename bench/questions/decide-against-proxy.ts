import { gate } from '../harness/gate.ts';
import type { Question } from '../harness/question.ts';
import { gatehouse } from '../harness/systems.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';

export const decideAgainstProxy: Question = {
  name: 'decide',
  asks: 'decisions for another proxy (/decide), against the gateway as the proxy',
  goal: { bound: 'at least', value: 2.2 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx'],
  measure(site) {
    const tokens = site.tokens('RS256');
    const deciding = { ...gatehouse(), tells: 'asker' } as const;
    return compareThroughput(
      site,
      gate(deciding, tokens, { label: '/decide', path: '/decide/orders' }),
      gate(gatehouse(), tokens, { label: 'proxy' }),
    );
  },
};
