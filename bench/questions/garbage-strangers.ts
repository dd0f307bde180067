import type { Question } from '../harness/question.ts';
import { compareWithStrangers } from '../harness/strangers.ts';
import { forge } from '../harness/tokens.ts';

export const garbageStrangers: Question = {
  name: 'garbage',
  asks: 'p99 of known tokens while 10,000 forged ones (RS256) come each second, against none',
  goal: { bound: 'at most', value: 3 },
  unit: 'ms',
  needs: ['taskset', 'wrk', 'nginx'],
  measure(site) {
    const { good } = site.tokens('RS256');
    return compareWithStrangers(site, { token: () => forge(good), status: 401 });
  },
};
