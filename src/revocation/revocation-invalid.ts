/** One thing wrong with an entry that was to be appended. */
export interface RevocationFault {
  /** Index of the entry, then the member. */
  readonly path: readonly [number, string];
  readonly reason: string;
  readonly remedy: string;
}

/** Thrown when entries to append are not sound; names everything that is wrong with them. */
export class RevocationInvalid extends Error {
  override readonly name = 'RevocationInvalid';
  readonly faults: readonly RevocationFault[];

  constructor(faults: readonly RevocationFault[]) {
    super(faults.map(({ path, reason, remedy }) => `entry ${path.join('.')}: ${reason} ${remedy}`).join('\n'));
    this.faults = faults;
  }
}
