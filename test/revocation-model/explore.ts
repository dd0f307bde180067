/** A step of a model: what happens, and the state that it leads to. */
export type Step<State> = readonly [what: string, next: State];

export interface Model<State> {
  readonly initial: State;
  /** Everything that can happen next. */
  steps(state: State): Iterable<Step<State>>;
  /** What is wrong with a state, if anything. */
  fault(state: State): string | undefined;
}

export interface Exploration {
  /** How many states there are, or were seen before the fault. */
  readonly states: number;
  /** The shortest way to a state with a fault, and the fault. */
  readonly counterexample: { readonly steps: readonly string[]; readonly fault: string } | undefined;
}

interface Visit<State> {
  readonly state: State;
  readonly what: string;
  readonly before: Visit<State> | undefined;
}

/** Visits every state that a model can be in, breadth first. States are plain data, equal if their JSON is. */
export function explore<State>({ initial, steps, fault }: Model<State>): Exploration {
  const seen = new Set([JSON.stringify(initial)]);
  const queue: Visit<State>[] = [{ state: initial, what: '', before: undefined }];
  for (const visit of queue) {
    const found = fault(visit.state);
    if (found !== undefined) return { states: seen.size, counterexample: { steps: wayTo(visit), fault: found } };
    for (const [what, state] of steps(visit.state)) {
      const key = JSON.stringify(state);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ state, what, before: visit });
    }
  }
  return { states: seen.size, counterexample: undefined };
}

function wayTo<State>(visit: Visit<State>): readonly string[] {
  return visit.before === undefined ? [] : [...wayTo(visit.before), visit.what];
}
