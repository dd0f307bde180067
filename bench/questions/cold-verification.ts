import { fileURLToPath } from 'node:url';
import type { Question, Round } from '../harness/question.ts';
import { runProgram } from '../harness/run-program.ts';

type Measured = Readonly<Record<string, { readonly ours: number; readonly bare: number }>>;

const program = fileURLToPath(new URL('../programs/cold-verification.ts', import.meta.url));

export const coldVerification: Question = {
  name: 'cold',
  asks: 'cold verification, against bare crypto.verify with the key at hand; the worst of the algorithms',
  goal: { bound: 'at least', value: 0.9 },
  unit: 'of crypto.verify',
  needs: ['taskset', 'nginx'],
  async measure(site) {
    const rounds: Round[] = [];
    for (let round = 0; round < site.rounds; round++) {
      const measured = Object.entries(await runProgram<Measured>(site, program));
      const ratios = measured.map(([algorithm, { ours, bare }]) => [algorithm, ours / bare] as const);
      rounds.push({ value: Math.min(...ratios.map(([, ratio]) => ratio)), figures: Object.fromEntries(ratios) });
    }
    return rounds;
  },
};
