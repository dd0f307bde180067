import { gate } from '../harness/gate.ts';
import type { Question } from '../harness/question.ts';
import { fastify, gatehouse } from '../harness/systems.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';

export const againstFastify: Question = {
  name: 'fastify',
  asks: 'JWT (RS256) through the gateway, against Fastify with @fastify/jwt, its cache on',
  goal: { bound: 'at least', value: 2 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx'],
  measure(site) {
    const tokens = site.tokens('RS256');
    return compareThroughput(site, gate(gatehouse(), tokens), gate(fastify, tokens));
  },
};
