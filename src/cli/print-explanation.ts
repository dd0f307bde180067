import type { ExplainedRejection, ExplainedStep } from '../access/index.ts';
import { printable } from './printable.ts';

/** An explanation as the admin API sends it. */
export interface PrintableExplanation {
  readonly api: string;
  readonly granted: boolean;
  readonly steps: readonly ExplainedStep[];
  readonly rejection?: ExplainedRejection;
}

const marks = { passed: '✓', failed: '✗', 'not reached': '·' } as const;

/** The checks in order, one a line, with their facts below; then the verdict and what to do about it. */
export function printExplanation(explanation: PrintableExplanation): string {
  const lines = explanation.steps.flatMap(({ check, outcome, facts }) => [
    `${marks[outcome]} ${check}${outcome === 'not reached' ? ' (not reached)' : ''}`,
    ...Object.entries(facts).map(([name, fact]) => `    ${printable(name)}: ${inline(fact)}`),
  ]);
  return `${[...lines, '', ...verdict(explanation)].join('\n')}\n`;
}

function verdict({ api, granted, rejection }: PrintableExplanation): string[] {
  if (granted || rejection === undefined) return [`granted: the API ${api} accepts this token.`];
  return [`refused: ${rejection.code} (HTTP ${rejection.status}). ${rejection.title}`, `remedy:  ${rejection.remedy}`];
}

function inline(fact: unknown): string {
  return printable(typeof fact === 'string' ? fact : (JSON.stringify(fact) ?? 'none'));
}
