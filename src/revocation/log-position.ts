import type { Revocation } from './revocation.ts';

/**
 * A place in the history of the log. Sequence numbers alone do not name one: after a failover, or when a backup was
 * restored, other entries may have the same numbers. So every append leaves a mark of its own, by chance.
 */
export interface LogPosition {
  readonly seq: number;
  readonly mark: string;
}

/** Before the first entry: a place in every history. */
export const startOfLog: LogPosition = Object.freeze({ seq: 0, mark: '' });

/** What follows a position. */
export interface LogPage {
  readonly entries: readonly Revocation[];
  /** Where the reader stands now; at the end of the log, also where its last entries were purged. */
  readonly position: LogPosition;
  readonly isLast: boolean;
}
