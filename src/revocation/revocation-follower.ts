import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, EpochMs } from '../base/clock.ts';
import { revocationLogReplaced, revocationLogUnreadable, revocationsApplied } from './channels.ts';
import { type LogPage, type LogPosition, startOfLog } from './log-position.ts';
import { RevocationIndex } from './revocation-index.ts';
import type { RevocationLog } from './revocation-log.ts';

export interface FollowerOptions {
  readonly log: RevocationLog;
  readonly index: RevocationIndex;
  readonly clock: Clock;
  /** Milliseconds between two looks at the log, besides being woken by it. Default 500. */
  readonly pollMs?: number | undefined;
  /** Entries that are read and applied at once, while requests wait. Default 1000. */
  readonly batchSize?: number | undefined;
}

/**
 * Keeps the index level with the log: woken by it or by the clock, always caught up from its position, so that a lost
 * wake-up delays and never loses. Where the log turns out to have another history, an index is built anew beside the
 * one in use and takes its place when it is level. Knows how long ago it last saw the end of the log.
 */
export class RevocationFollower {
  readonly #log: RevocationLog;
  readonly #index: RevocationIndex;
  readonly #clock: Clock;
  readonly #pollMs: number;
  readonly #batchSize: number;
  readonly #caughtUp = Promise.withResolvers<void>();
  #position = startOfLog;
  /** What takes the place of the index when it is level. */
  #successor: RevocationIndex | undefined;
  #confirmedAt: EpochMs | undefined;
  #running: Promise<void> = Promise.resolve();
  #queued: Promise<void> | undefined;
  #poll: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor({ log, index, clock, pollMs = 500, batchSize = 1000 }: FollowerOptions) {
    this.#log = log;
    this.#index = index;
    this.#clock = clock;
    this.#pollMs = pollMs;
    this.#batchSize = batchSize;
  }

  /** Whether the end of the log was seen at least once. */
  get ready(): boolean {
    return this.#confirmedAt !== undefined;
  }

  /** Up to where the log was read. */
  get position(): LogPosition {
    return this.#position;
  }

  /** Milliseconds since this process last knew all there was to know; infinite before the first catch-up. */
  stalenessMs(now: EpochMs): number {
    return this.#confirmedAt === undefined ? Number.POSITIVE_INFINITY : now - this.#confirmedAt;
  }

  /** Resolves when the index is level with the log for the first time, however often that has to be tried. */
  start(): Promise<void> {
    this.#unsubscribe = this.#log.subscribe?.(() => this.#follow());
    this.#poll = setInterval(() => this.#follow(), this.#pollMs);
    this.#follow();
    return this.#caughtUp.promise;
  }

  /** Resolves when all is applied that was in the log at the time of the call; rejects when it cannot be read. */
  catchUp(): Promise<void> {
    // A run under way may have read past the caller's entries already: only one that starts later surely sees them.
    this.#queued ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#queued = undefined;
        this.#running = this.#readToTheEnd();
        return this.#running;
      });
    return this.#queued;
  }

  stop(): void {
    this.#unsubscribe?.();
    clearInterval(this.#poll);
  }

  #follow(): void {
    this.catchUp().catch((error: unknown) => revocationLogUnreadable.announce({ error }));
  }

  async #readToTheEnd(): Promise<void> {
    for (;;) {
      const startedAt = this.#clock();
      const page = await this.#log.readAfter(this.#position, this.#batchSize);
      if (page === undefined) this.#beginAnew();
      else this.#apply(page);
      if (page?.isLast === true) return this.#confirm(startedAt);
      await nextTurn(); // A long log must not keep requests waiting.
    }
  }

  #apply({ entries, position }: LogPage): void {
    (this.#successor ?? this.#index).apply(entries);
    this.#position = position;
    const initial = !this.ready || this.#successor !== undefined;
    if (entries.length > 0) revocationsApplied.announce({ entries, at: this.#clock(), initial });
  }

  #beginAnew(): void {
    revocationLogReplaced.announce({ position: this.#position });
    this.#successor = new RevocationIndex();
    this.#position = startOfLog;
  }

  /** Once caught up, following no longer keeps the process alive. */
  #confirm(at: EpochMs): void {
    if (this.#successor !== undefined) this.#index.replaceBy(this.#successor);
    this.#successor = undefined;
    this.#confirmedAt = at;
    this.#poll?.unref();
    this.#caughtUp.resolve();
  }
}
