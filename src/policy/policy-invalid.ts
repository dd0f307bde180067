/** What is wrong with a rule. */
export interface PolicyFault {
  /** From the list of rules down: `[0, 'scopes', 1]`. */
  readonly path: readonly (string | number)[];
  readonly reason: string;
  readonly remedy: string;
}

/** Thrown by `compilePolicy`, with every fault of the rules. */
export class PolicyInvalid extends Error {
  override readonly name = 'PolicyInvalid';
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[]) {
    super(faults.map(({ path, reason }) => `rules.${path.join('.')}: ${reason}`).join('\n'));
    this.faults = faults;
  }
}
