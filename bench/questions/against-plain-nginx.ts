import { gate } from '../harness/gate.ts';
import type { Question } from '../harness/question.ts';
import { gatehouse, nginxPlain } from '../harness/systems.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';

export const againstPlainNginx: Question = {
  name: 'nginx',
  asks: 'JWT (RS256) through the gateway, against nginx as a proxy that checks nothing',
  goal: { bound: 'at least', value: 0.6, aim: 0.7 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx'],
  measure(site) {
    const tokens = site.tokens('RS256');
    return compareThroughput(site, gate(gatehouse(), tokens), gate(nginxPlain, tokens));
  },
};
