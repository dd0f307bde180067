/** A place in the configuration: `['apis', 'orders', 'rules', 0, 'when']`. */
export type ConfigPath = readonly (string | number)[];

/** What is wrong, or unsafe, and what to do about it. */
export interface Finding {
  readonly path: ConfigPath;
  /** Reads on from the path: `is missing`. */
  readonly reason: string;
  /** A sentence. */
  readonly remedy: string;
}

/** A finding with its place in the file: a fault refuses the configuration, a warning does not. */
export interface Fault {
  /** The file. */
  readonly file: string;
  /** From 1; 0 where the file could not be read. */
  readonly line: number;
  /** From 1; 0 where the file could not be read. */
  readonly column: number;
  /** `apis.orders.rules[0].when`; empty where the fault is in the file as a whole. */
  readonly path: string;
  readonly reason: string;
  readonly remedy: string;
}

export function renderPath(path: ConfigPath): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}
