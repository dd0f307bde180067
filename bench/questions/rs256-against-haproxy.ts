import type { Question } from '../harness/question.ts';
import { gatehouse, haproxyRs256 } from '../harness/systems.ts';
import { compareThroughput } from '../harness/throughput.ts';

export const rs256AgainstHaproxy: Question = {
  name: 'rs256',
  asks: 'JWT (RS256) through the gateway, against HAProxy jwt_verify',
  goal: { bound: 'at least', value: 1.6, aim: 2 },
  unit: 'requests/s',
  needs: ['taskset', 'wrk', 'nginx', 'haproxy'],
  measure(site) {
    const tokens = site.tokens('RS256');
    return compareThroughput(
      site,
      { label: 'gatehouse', system: gatehouse, tokens },
      { label: 'haproxy', system: haproxyRs256, tokens },
    );
  },
};
