import type { Question } from '../harness/question.ts';
import { compareWithStrangers } from '../harness/strangers.ts';

export const newStrangers: Question = {
  name: 'strangers',
  asks: 'p99 of known tokens while 10,000 new ones (RS256) come each second, against none',
  goal: { bound: 'at most', value: 3 },
  unit: 'ms',
  needs: ['taskset', 'wrk', 'nginx'],
  measure: (site) => compareWithStrangers(site, { token: () => site.mint('RS256'), status: 200 }),
};
