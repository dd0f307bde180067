import type { EpochMs } from '../base/clock.ts';
import type { LogPosition } from './log-position.ts';

/** Keeps the index of this process level with the log, by whichever way the log is reached. */
export interface LogFollower {
  /** Whether the end of the log was seen at least once. */
  readonly ready: boolean;
  /** Up to where the log was read. */
  readonly position: LogPosition;
  /** Milliseconds since this process last knew all there was to know; infinite before the first catch-up. */
  stalenessMs(now: EpochMs): number;
  /** Resolves when the index is level with the log for the first time, however often that has to be tried. */
  start(): Promise<void>;
  stop(): void;
}
