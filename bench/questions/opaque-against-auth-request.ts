import { authRequest } from '../harness/asking-systems.ts';
import { gate } from '../harness/gate.ts';
import { issueOpaqueTokens } from '../harness/opaque-tokens.ts';
import type { Question } from '../harness/question.ts';
import { gatehouse } from '../harness/systems.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';

export const opaqueAgainstAuthRequest: Question = {
  name: 'auth-request',
  asks: 'opaque tokens of our provider, against nginx auth_request with one introspection for each request',
  goal: { bound: 'at least', value: 4 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx'],
  async measure(site) {
    const opaque = await issueOpaqueTokens(site);
    return compareThroughput(site, gate(gatehouse(opaque.data), opaque), gate(authRequest(opaque), opaque));
  },
};
