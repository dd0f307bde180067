import { compilePattern, type Step } from './compile-pattern.ts';

/** Patterns are literals of the configuration, so they are few; the bound is for many reloads. */
const maxCompiled = 1000;
const compiled = new Map<string, readonly Step[]>();

/** Where in the text a step is tried. */
interface Edge {
  readonly start: boolean;
  readonly end: boolean;
}

/**
 * Whether a pattern is found in a text, in time proportional to the text's length. CEL's `matches` is RE2's, whose
 * point is that no text can make it slow; with a backtracking engine a caller could hold up the gateway by one header.
 *
 * @throws {PatternInvalid}
 */
export function linearMatches(pattern: string, text: string): boolean {
  const steps = stepsOf(pattern);
  const characters = [...text];
  let waiting: ReadonlySet<number> = new Set();
  for (let position = 0; position <= characters.length; position++) {
    const reached: Set<number> = new Set();
    const edge = { start: position === 0, end: position === characters.length };
    for (const step of waiting) follow(steps, step, edge, reached);
    follow(steps, 0, edge, reached);
    if (reached.has(steps.length - 1)) return true;
    waiting = advance(steps, reached, characters[position] ?? '');
  }
  return false;
}

function stepsOf(pattern: string): readonly Step[] {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const steps = compilePattern(pattern);
  if (compiled.size >= maxCompiled) compiled.clear();
  compiled.set(pattern, steps);
  return steps;
}

/** Adds all that is reached from a step without reading a character. */
function follow(steps: readonly Step[], at: number, edge: Edge, reached: Set<number>): void {
  const step = steps[at];
  if (step === undefined || reached.has(at)) return;
  if ((step.kind === 'start' && !edge.start) || (step.kind === 'end' && !edge.end)) return;
  reached.add(at);
  if (step.kind === 'jump' || step.kind === 'fork') follow(steps, step.to, edge, reached);
  if (step.kind === 'fork' || step.kind === 'start' || step.kind === 'end') follow(steps, at + 1, edge, reached);
}

function advance(steps: readonly Step[], reached: ReadonlySet<number>, character: string): ReadonlySet<number> {
  const next: Set<number> = new Set();
  for (const at of reached) {
    const step = steps[at];
    if (step?.kind === 'character' && step.matches(character)) next.add(at + 1);
  }
  return next;
}
