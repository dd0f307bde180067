import { fileURLToPath } from 'node:url';
import { alternate } from '../harness/alternate.ts';
import type { Question } from '../harness/question.ts';
import { runProgram } from '../harness/run-program.ts';
import { peer } from '../harness/systems.ts';

const program = fileURLToPath(new URL('../programs/warm-decision.ts', import.meta.url));

export const warmDecision: Question = {
  name: 'warm',
  asks: 'warm decision in process, revocation and scope rule included, against fast-jwt with its cache',
  goal: { bound: 'at least', value: 2 },
  unit: 'decisions/s',
  needs: ['taskset', 'nginx'],
  async measure(site) {
    const { file } = site.tokens('RS256');
    const measure = (script: string) => () => runProgram<{ perSecond: number }>(site, script, [file]);
    const pairs = await alternate(site.rounds, measure(program), measure(peer('fast-jwt.ts')));
    return pairs.map(([ours, theirs]) => ({
      value: ours.perSecond / theirs.perSecond,
      figures: { gatehouse: ours.perSecond, 'fast-jwt': theirs.perSecond },
    }));
  },
};
