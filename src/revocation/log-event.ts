import type { LogPosition } from './log-position.ts';
import type { RevocationEffect } from './revocation.ts';

/** What the stream of the log says to those who follow it from afar. */
export type LogEvent = LogReset | LogEntries | LogHead;

/** The follower's position is not in the history of this log: the start of the log comes next. */
export interface LogReset {
  readonly kind: 'reset';
}

/** All that is between two positions, so that a gap or a repetition shows. */
export interface LogEntries {
  readonly kind: 'entries';
  readonly after: LogPosition;
  readonly position: LogPosition;
  readonly entries: readonly RevocationEffect[];
}

/** The log ended here when it was looked at. */
export interface LogHead {
  readonly kind: 'head';
  readonly position: LogPosition;
  /**
   * Milliseconds from the moment in which the hub took the request to the look, by the hub's steady clock. Whoever adds
   * them to the time at which it asked, by its own clock, knows of a moment before the look: no clock of one machine
   * is compared with that of another, and an event that was under way for long is as old as it is.
   */
  readonly elapsedMs: number;
}
