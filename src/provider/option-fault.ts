/** What is wrong with an option. */
export interface OptionFault {
  /** From the options down: `['clients', 0, 'redirectUris', 1]`. */
  readonly path: readonly (string | number)[];
  readonly reason: string;
  readonly remedy: string;
}

/** Thrown when options are not sound, with every fault. */
export class OptionsInvalid extends Error {
  override readonly name = 'OptionsInvalid';
  readonly faults: readonly OptionFault[];

  constructor(faults: readonly OptionFault[]) {
    super(faults.map(({ path, reason, remedy }) => `${path.join('.')}: ${reason} ${remedy}`).join('\n'));
    this.faults = faults;
  }
}

export function fault(path: OptionFault['path'], reason: string, remedy: string): OptionFault {
  return { path, reason, remedy };
}

/** The same faults, seen from further up. */
export function below(path: OptionFault['path'], faults: readonly OptionFault[]): readonly OptionFault[] {
  return faults.map((found) => ({ ...found, path: [...path, ...found.path] }));
}

/** @returns the index of each value that stood there before */
export function repeated(values: readonly string[]): readonly number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}
