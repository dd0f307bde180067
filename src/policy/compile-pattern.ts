import { PatternInvalid, type PatternNode, parsePattern } from './parse-pattern.ts';

/** A step of an automaton; `character` goes on to the next step, `fork` there and elsewhere. */
export type Step =
  | { readonly kind: 'character'; matches(character: string): boolean }
  | { readonly kind: 'start' | 'end' | 'found' }
  | Hop;

interface Hop {
  readonly kind: 'jump' | 'fork';
  to: number;
}

/** Every character of a text may visit every step, so their number bounds the cost. */
const maxSteps = 256;

/**
 * Thompson's construction: the last step is `found`.
 *
 * @throws {PatternInvalid}
 */
export function compilePattern(pattern: string): readonly Step[] {
  const steps: Step[] = [];
  emit(parsePattern(pattern), steps);
  return [...steps, { kind: 'found' }];
}

function emit(node: PatternNode, steps: Step[]): void {
  if (steps.length >= maxSteps) throw new PatternInvalid(`the pattern is too large: it has over ${maxSteps} steps`);
  switch (node.kind) {
    case 'sequence':
      for (const part of node.parts) emit(part, steps);
      break;
    case 'choice':
      emitChoice(node.options, steps);
      break;
    case 'repeat':
      emitRepeat(node, steps);
      break;
    default:
      steps.push(node);
  }
}

function emitChoice(options: readonly PatternNode[], steps: Step[]): void {
  const exits: Hop[] = [];
  for (const option of options.slice(0, -1)) {
    const otherwise = hop('fork', steps);
    emit(option, steps);
    exits.push(hop('jump', steps));
    otherwise.to = steps.length;
  }
  for (const last of options.slice(-1)) emit(last, steps);
  for (const exit of exits) exit.to = steps.length;
}

function emitRepeat({ part, min, max }: PatternNode & { kind: 'repeat' }, steps: Step[]): void {
  for (let count = 0; count < min; count++) {
    const before = steps.length;
    emit(part, steps);
    if (steps.length === before) return; // Nothing, any number of times, is nothing.
  }
  if (max === Number.POSITIVE_INFINITY) {
    const again = steps.length;
    const leave = hop('fork', steps);
    emit(part, steps);
    hop('jump', steps).to = again;
    leave.to = steps.length;
    return;
  }
  const leaves: Hop[] = [];
  for (let count = min; count < max; count++) {
    leaves.push(hop('fork', steps));
    emit(part, steps);
  }
  for (const leave of leaves) leave.to = steps.length;
}

function hop(kind: Hop['kind'], steps: Step[]): Hop {
  const made: Hop = { kind, to: 0 };
  steps.push(made);
  return made;
}
