import { launch } from '../harness/launch.ts';
import type { Question, Round } from '../harness/question.ts';

export const startToReady: Question = {
  name: 'start',
  asks: 'from the start of the process until it is ready, all roles, empty store',
  goal: { bound: 'at most', value: 1, unit: 's' },
  unit: 's',
  needs: ['taskset', 'nginx'],
  async measure(site) {
    await launch(site); // Strips the types of the source, which is kept, as the first start in a checkout does.
    const rounds: Round[] = [];
    for (let round = 0; round < site.rounds; round++) {
      const { readyMs } = await launch(site);
      rounds.push({ value: readyMs / 1_000, figures: { gatehouse: readyMs / 1_000 } });
    }
    return rounds;
  },
};
