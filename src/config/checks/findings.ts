import type { ConfigPath, Finding } from '../fault.ts';

/** Where checks put what they find. */
export class Findings {
  readonly faults: Finding[] = [];
  readonly warnings: Finding[] = [];
  /** Whether the value at a path came from the environment or a file. */
  readonly isReference: (path: ConfigPath) => boolean;

  constructor(isReference: (path: ConfigPath) => boolean) {
    this.isReference = isReference;
  }

  /** It cannot be meant, or cannot work. */
  fault(path: ConfigPath, reason: string, remedy: string): void {
    this.faults.push({ path, reason, remedy });
  }

  /** It works, but is unsafe. */
  warn(path: ConfigPath, reason: string, remedy: string): void {
    this.warnings.push({ path, reason, remedy });
  }
}
