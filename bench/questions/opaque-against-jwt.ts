import { gate } from '../harness/gate.ts';
import { issueOpaqueTokens } from '../harness/opaque-tokens.ts';
import type { Question } from '../harness/question.ts';
import { gatehouse } from '../harness/systems.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';

export const opaqueAgainstJwt: Question = {
  name: 'opaque',
  asks: 'opaque tokens of our provider, against JWTs (RS256), both seen before',
  goal: { bound: 'at least', value: 0.97 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx'],
  async measure(site) {
    const opaque = await issueOpaqueTokens(site);
    const system = gatehouse(opaque.data);
    const jwt = gate(system, site.tokens('RS256'), { label: 'JWT' });
    return compareThroughput(site, gate(system, opaque, { label: 'opaque' }), jwt);
  },
};
