import { launch } from '../harness/launch.ts';
import type { Question, Round } from '../harness/question.ts';

export const idleMemory: Question = {
  name: 'memory',
  asks: 'resident memory of one process with all roles, idle',
  goal: { bound: 'at most', value: 120, unit: 'MB' },
  unit: 'MB',
  needs: ['taskset', 'nginx'],
  async measure(site) {
    await launch(site); // Strips the types of the source, which is kept, as the first start in a checkout does.
    const rounds: Round[] = [];
    for (let round = 0; round < site.rounds; round++) {
      const { idleMegabytes } = await launch(site);
      rounds.push({ value: idleMegabytes, figures: { gatehouse: idleMegabytes } });
    }
    return rounds;
  },
};
