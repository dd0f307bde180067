import type { DiagnosisStep, IssuerDiagnosis, Notice } from '../../issuers/index.ts';
import { printable } from '../printable.ts';

const marks = { passed: '✓', failed: '✗', 'not reached': '·' } as const;

/** Wide enough for `discovery`. */
const width = 11;
const indent = ' '.repeat(width + 2);

/** The steps in order with what was seen, and what to do where one failed. */
export function printDiagnosis({ ok, steps }: IssuerDiagnosis): string {
  const verdict = ok ? 'passed: this issuer can be configured.' : `failed: ${failedAt(steps)}.`;
  return `${[...steps.flatMap(describeStep), '', verdict].join('\n')}\n`;
}

function failedAt(steps: readonly DiagnosisStep[]): string {
  const step = steps.find(({ outcome }) => outcome === 'failed');
  return step === undefined ? 'nothing was tried' : `${labelOf(step)}, ${step.failure?.code}`;
}

function describeStep(step: DiagnosisStep): readonly string[] {
  const { outcome, seen, failure } = step;
  const lines = [
    ...seen.map(printable),
    ...(failure === undefined ? [] : describeFailure(failure)),
    ...step.notices.flatMap(describeNotice),
  ];
  const [first = outcome === 'not reached' ? '(not reached)' : '', ...rest] = lines;
  return [`${marks[outcome]} ${labelOf(step).padEnd(width)}${first}`, ...rest.map((line) => indent + line)];
}

function labelOf({ step }: DiagnosisStep): string {
  return step.replace('_', ' ');
}

export function describeFailure({
  code,
  title,
  remedy,
  facts,
}: NonNullable<DiagnosisStep['failure']>): readonly string[] {
  return [`${code}: ${title}`, ...describeFacts(facts), `remedy: ${remedy}`];
}

export function describeNotice({ title, remedy, facts }: Notice): readonly string[] {
  return [`notice: ${title}`, ...describeFacts(facts), `  remedy: ${remedy}`];
}

/** What an issuer sent may be long. */
const longestFact = 200;

function describeFacts(facts: Readonly<Record<string, unknown>>): readonly string[] {
  const told = Object.entries(facts).filter(([, fact]) => fact !== null && fact !== undefined);
  return told.map(([name, fact]) => `  ${printable(name)}: ${inline(fact)}`);
}

function inline(fact: unknown): string {
  const text = Array.isArray(fact) ? fact.join(', ') : typeof fact === 'string' ? fact : JSON.stringify(fact);
  return printable(text.length > longestFact ? `${text.slice(0, longestFact)}…` : text);
}
