import { modOauth2 } from '../harness/asking-systems.ts';
import { gate } from '../harness/gate.ts';
import { issueOpaqueTokens } from '../harness/opaque-tokens.ts';
import type { Question } from '../harness/question.ts';
import { gatehouse } from '../harness/systems.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';

export const opaqueAgainstModOauth2: Question = {
  name: 'mod-oauth2',
  asks: 'opaque tokens of our provider, against Apache mod_oauth2 with one introspection for each request',
  goal: { bound: 'at least', value: 4 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx', 'apache2'],
  async measure(site) {
    const opaque = await issueOpaqueTokens(site);
    return compareThroughput(site, gate(gatehouse(opaque.data), opaque), gate(modOauth2(opaque), opaque));
  },
};
