import { gate } from '../harness/gate.ts';
import type { Question } from '../harness/question.ts';
import { gatehouse, haproxy } from '../harness/systems.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';

export const rs256AgainstHaproxy: Question = {
  name: 'rs256',
  asks: 'JWT (RS256) through the gateway, against HAProxy jwt_verify',
  goal: { bound: 'at least', value: 1.6, aim: 2 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx', 'haproxy'],
  measure(site) {
    const tokens = site.tokens('RS256');
    return compareThroughput(site, gate(gatehouse(), tokens), gate(haproxy('rs256'), tokens));
  },
};
