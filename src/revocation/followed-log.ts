import type { Clock, MonotonicMs } from '../base/clock.ts';
import { revocationLogReplaced, revocationsApplied } from './channels.ts';
import { type LogPosition, startOfLog } from './log-position.ts';
import type { RevocationEffect } from './revocation.ts';
import { RevocationIndex } from './revocation-index.ts';

/**
 * What a follower has read of the log, and when it last saw the end of it. Where the log turns out to have another
 * history, an index is built anew beside the one in use and takes its place when it is level.
 */
export class FollowedLog {
  readonly #index: RevocationIndex;
  readonly #clock: Clock;
  readonly #caughtUp = Promise.withResolvers<void>();
  #position = startOfLog;
  #applied = startOfLog;
  /** What takes the place of the index when it is level. */
  #successor: RevocationIndex | undefined;
  #confirmedAt: MonotonicMs = Number.NEGATIVE_INFINITY;

  constructor(index: RevocationIndex, clock: Clock) {
    this.#index = index;
    this.#clock = clock;
  }

  /** Whether the end of the log was seen at least once. */
  get ready(): boolean {
    return this.#confirmedAt !== Number.NEGATIVE_INFINITY;
  }

  /** Resolves when the end of the log was seen for the first time. */
  get caughtUp(): Promise<void> {
    return this.#caughtUp.promise;
  }

  /** Up to where the log was read; while an index is built anew, that is not in force yet. */
  get position(): LogPosition {
    return this.#position;
  }

  /** Up to where the log is in force in this process. */
  get applied(): LogPosition {
    return this.#applied;
  }

  /** When the end of the log was last looked up. */
  get confirmedAt(): MonotonicMs {
    return this.#confirmedAt;
  }

  /** What follows the position, and where that ends. */
  apply(entries: readonly RevocationEffect[], position: LogPosition): void {
    (this.#successor ?? this.#index).apply(entries);
    this.#position = position;
    if (this.#successor === undefined) this.#applied = position;
    const initial = !this.ready || this.#successor !== undefined;
    if (entries.length > 0) revocationsApplied.announce({ entries, at: this.#clock(), initial });
  }

  /** The position is not in the history of the log. */
  beginAnew(): void {
    revocationLogReplaced.announce({ position: this.#position });
    this.#successor = new RevocationIndex();
    this.#position = startOfLog;
  }

  /** The log ended at the position: all that was in it at that time is applied. */
  confirm(at: MonotonicMs): void {
    if (this.#successor !== undefined) this.#index.replaceBy(this.#successor);
    this.#successor = undefined;
    this.#applied = this.#position;
    this.#confirmedAt = at;
    this.#caughtUp.resolve();
  }
}
