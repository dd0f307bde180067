import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, type MonotonicClock, type MonotonicMs, monotonicClock } from '../base/clock.ts';
import { coalesce } from '../base/coalesce.ts';
import { revocationLogUnreadable } from './channels.ts';
import { FollowedLog } from './followed-log.ts';
import type { LogFollower } from './log-follower.ts';
import type { LogPosition } from './log-position.ts';
import type { RevocationIndex } from './revocation-index.ts';
import type { RevocationLog } from './revocation-log.ts';

export interface FollowerOptions {
  readonly log: RevocationLog;
  readonly index: RevocationIndex;
  readonly clock: Clock;
  /** Default: the system's. */
  readonly monotonic?: MonotonicClock | undefined;
  /** Milliseconds between two looks at the log, besides being woken by it. Default 500. */
  readonly pollMs?: number | undefined;
  /** Entries that are read and applied at once, while requests wait. Default 1000. */
  readonly batchSize?: number | undefined;
}

/**
 * Follows a log that it can read itself: woken by it or by the clock, always caught up from its position, so that a
 * lost wake-up delays and never loses.
 */
export class RevocationFollower implements LogFollower {
  readonly #log: RevocationLog;
  readonly #followed: FollowedLog;
  readonly #monotonic: MonotonicClock;
  readonly #pollMs: number;
  readonly #batchSize: number;
  #poll: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: FollowerOptions) {
    const { log, index, clock, monotonic = monotonicClock, pollMs = 500, batchSize = 1000 } = options;
    this.#log = log;
    this.#followed = new FollowedLog(index, clock);
    this.#monotonic = monotonic;
    this.#pollMs = pollMs;
    this.#batchSize = batchSize;
  }

  get ready(): boolean {
    return this.#followed.ready;
  }

  get applied(): LogPosition {
    return this.#followed.applied;
  }

  get confirmedAt(): MonotonicMs {
    return this.#followed.confirmedAt;
  }

  start(): Promise<void> {
    this.#unsubscribe = this.#log.subscribe?.(() => this.#follow());
    this.#poll = setInterval(() => this.#follow(), this.#pollMs);
    this.#follow();
    return this.#followed.caughtUp;
  }

  /** Resolves when all is applied that was in the log at the time of the call; rejects when it cannot be read. */
  readonly catchUp = coalesce(() => this.#readToTheEnd());

  stop(): void {
    this.#unsubscribe?.();
    clearInterval(this.#poll);
  }

  #follow(): void {
    this.catchUp().catch((error: unknown) => revocationLogUnreadable.announce({ error }));
  }

  async #readToTheEnd(): Promise<void> {
    for (;;) {
      const startedAt = this.#monotonic();
      const page = await this.#log.readAfter(this.#followed.position, this.#batchSize);
      if (page === undefined) this.#followed.beginAnew();
      else this.#followed.apply(page.entries, page.position);
      if (page?.isLast === true) return this.#confirm(startedAt);
      await nextTurn(); // A long log must not keep requests waiting.
    }
  }

  /** Once caught up, following no longer keeps the process alive. */
  #confirm(at: MonotonicMs): void {
    this.#followed.confirm(at);
    this.#poll?.unref();
  }
}
