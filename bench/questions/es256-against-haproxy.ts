import { gate } from '../harness/gate.ts';
import type { Question } from '../harness/question.ts';
import { gatehouse, haproxy } from '../harness/systems.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';

export const es256AgainstHaproxy: Question = {
  name: 'es256',
  asks: 'JWT (ES256) through the gateway, against HAProxy jwt_verify',
  goal: { bound: 'at least', value: 2.7, aim: 3.3 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx', 'haproxy'],
  measure(site) {
    const tokens = site.tokens('ES256');
    return compareThroughput(site, gate(gatehouse(), tokens), gate(haproxy('es256'), tokens));
  },
};
