import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, type MonotonicClock, type MonotonicMs, monotonicClock } from '../base/clock.ts';
import {
  FollowedLog,
  isSamePosition,
  type LogEntries,
  type LogEvent,
  type LogFollower,
  type LogHead,
  type LogPosition,
  type RevocationIndex,
  revocationLogUnreadable,
} from '../revocation/index.ts';
import type { Hub } from './hub.ts';
import { hubEvents } from './hub-events.ts';
import { HubFailure } from './hub-failure.ts';
import { reconnectDelay } from './reconnect-delay.ts';

export interface HubFollowerOptions {
  readonly hub: Hub;
  readonly index: RevocationIndex;
  readonly clock: Clock;
  /** Milliseconds of silence, or of lateness, after which a stream is given up: shorter than the allowed staleness. */
  readonly idleMs: number;
  /** Milliseconds before the next stream, given how many in a row have failed. Default: `reconnectDelay`. */
  readonly delay?: ((failures: number) => number) | undefined;
  /** Default: the system's. */
  readonly monotonic?: MonotonicClock | undefined;
}

/**
 * Follows the log by the stream of the hub. Whatever ends a stream, the next one goes on from the last place that was
 * reached; what does not follow exactly on that place is never applied.
 */
export class HubFollower implements LogFollower {
  readonly #options: HubFollowerOptions;
  readonly #monotonic: MonotonicClock;
  readonly #followed: FollowedLog;
  readonly #stopped = new AbortController();
  /** Streams in a row that did not get as far as the end of the log. */
  #failures = 0;

  constructor(options: HubFollowerOptions) {
    this.#options = options;
    this.#monotonic = options.monotonic ?? monotonicClock;
    this.#followed = new FollowedLog(options.index, options.clock);
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
    void this.#followOnAndOn();
    return this.#followed.caughtUp;
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #followOnAndOn(): Promise<void> {
    const { signal } = this.#stopped;
    const { delay = (failures) => reconnectDelay(failures, Math.random()) } = this.#options;
    while (!signal.aborted) {
      this.#failures++;
      await this.#followOnce(signal).catch((error: unknown) => {
        if (!signal.aborted) revocationLogUnreadable.announce({ error });
      });
      await sleep(delay(this.#failures), undefined, { signal }).catch(() => undefined);
    }
  }

  async #followOnce(signal: AbortSignal): Promise<void> {
    const { hub, idleMs } = this.#options;
    await hub.prepare();
    // Before the request is sent: the hub counts from when it takes it.
    const askedAt = this.#monotonic();
    for await (const event of hubEvents(hub, this.#followed.position, { idleTimeout: idleMs, signal })) {
      this.#take(event, askedAt);
    }
  }

  #take(event: LogEvent, askedAt: MonotonicMs): void {
    if (event.kind === 'reset') this.#followed.beginAnew();
    else if (event.kind === 'entries') this.#apply(event);
    else this.#confirm(event, askedAt);
  }

  #apply({ after, position, entries }: LogEntries): void {
    const here = this.#followed.position;
    if (isSamePosition(position, here)) return; // Said twice.
    if (!isSamePosition(after, here)) throw HubFailure.of('stream_gap', { at: here.seq, after: after.seq });
    this.#followed.apply(entries, position);
  }

  #confirm({ position, elapsedMs }: LogHead, askedAt: MonotonicMs): void {
    const here = this.#followed.position;
    if (!isSamePosition(position, here)) throw HubFailure.of('stream_gap', { at: here.seq, head: position.seq });
    const now = this.#monotonic();
    const lookedAt = Math.min(askedAt + elapsedMs, now);
    if (now - lookedAt > this.#options.idleMs) throw HubFailure.of('stream_late', { milliseconds: now - lookedAt });
    this.#followed.confirm(lookedAt);
    this.#failures = 0;
  }
}
