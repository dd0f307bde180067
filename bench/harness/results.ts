import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.ts';
import { describeMachine, type Machine } from './machine.ts';
import type { Answer } from './report.ts';

const jsonFile = fileURLToPath(new URL('../results.json', import.meta.url));
const svgFile = fileURLToPath(new URL('../results.svg', import.meta.url));

/** The answers that are kept, each with the machine and the day of its measuring. */
type KeptAnswer = Answer & { readonly measured: Machine };

/** Puts the answer in the place of the one that was kept for the same question, and draws all. */
export function keepResult(answer: Answer, order: readonly string[]): void {
  const kept = new Map(readKept().map((each) => [each.name, each]));
  kept.set(answer.name, { ...answer, measured: describeMachine() });
  const all = order.flatMap((name) => kept.get(name) ?? []);
  writeFileSync(jsonFile, `${JSON.stringify({ answers: all }, null, 2)}\n`);
  writeFileSync(svgFile, chart(all));
}

function readKept(): readonly KeptAnswer[] {
  try {
    return (JSON.parse(readFileSync(jsonFile, 'utf8')) as { answers: readonly KeptAnswer[] }).answers;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
