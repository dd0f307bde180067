import type { MonotonicMs } from '../base/clock.ts';
import type { LogPosition } from './log-position.ts';

/** Keeps the index of this process level with the log, by whichever way the log is reached. */
export interface LogFollower {
  /** Whether the end of the log was seen at least once. */
  readonly ready: boolean;
  /** Up to where the log is in force in this process. */
  readonly applied: LogPosition;
  /** When this process last knew all there was to know; before the first catch-up, infinitely long ago. */
  readonly confirmedAt: MonotonicMs;
  /** Resolves when the index is level with the log for the first time, however often that has to be tried. */
  start(): Promise<void>;
  stop(): void;
}
