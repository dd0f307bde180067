import { launch } from '../harness/launch.ts';
import type { Question, Round } from '../harness/question.ts';

export const startToReady: Question = {
  name: 'start',
  asks: 'from the start of the process until it is ready, all roles, empty store',
  goal: { bound: 'at most', value: 1, unit: 's' },
  unit: 's',
  needs: ['taskset', 'nginx'],
  async measure(site) {
    await launch(site); // Fills the cache of compiled code beside the source, as the first start on a machine does.
    const rounds: Round[] = [];
    for (let round = 0; round < site.rounds; round++) {
      const { readyMs } = await launch(site);
      rounds.push({ value: readyMs / 1_000, figures: { gatehouse: readyMs / 1_000 } });
    }
    return rounds;
  },
};
