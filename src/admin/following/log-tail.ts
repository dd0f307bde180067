import type { MonotonicClock, MonotonicMs } from '../../base/clock.ts';
import { type LogPage, type LogPosition, type RevocationLog, writePosition } from '../../revocation/index.ts';

/** Milliseconds between two looks, besides being woken: at least twice a second a follower hears of the end of the log. */
const interval = 500;

/** Entries of a page, which is one event. With values of the longest kind, an event stays below 8 MiB. */
const pageSize = 200;

export interface Look {
  /** When it began: all that was in the log by then is in what it has found. */
  readonly at: MonotonicMs;
  /** Undefined where the position is not in the history of the log. */
  readonly page: LogPage | undefined;
}

/** The end of the log, for all who follow it from afar: who stands at the same place shares one look at it. */
export class LogTail {
  readonly #log: Pick<RevocationLog, 'readAfter' | 'subscribe'>;
  readonly #monotonic: MonotonicClock;
  readonly #looks = new Map<string, Promise<Look>>();
  #stirring = Promise.withResolvers<void>();
  #followers = 0;
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(log: Pick<RevocationLog, 'readAfter' | 'subscribe'>, monotonic: MonotonicClock) {
    this.#log = log;
    this.#monotonic = monotonic;
  }

  /** @returns how to leave: while nobody is here, the log is left alone */
  enter(): () => void {
    if (this.#followers++ === 0) {
      this.#unsubscribe = this.#log.subscribe?.(() => this.#stir());
      this.#timer = setInterval(() => this.#stir(), interval).unref();
    }
    return () => {
      if (--this.#followers > 0) return;
      this.#unsubscribe?.();
      clearInterval(this.#timer);
    };
  }

  /** Resolves when it is time for another look. Taken before a look, it misses nothing that comes after it. */
  get stirring(): Promise<void> {
    return this.#stirring.promise;
  }

  /** Rejects when the log cannot be read. */
  look(position: LogPosition): Promise<Look> {
    const place = writePosition(position);
    const underWay = this.#looks.get(place);
    if (underWay !== undefined) return underWay;
    const at = this.#monotonic();
    const look = this.#log.readAfter(position, pageSize).then((page) => ({ at, page }));
    this.#looks.set(place, look);
    const forget = (): void => {
      if (this.#looks.get(place) === look) this.#looks.delete(place);
    };
    look.then(forget, forget);
    return look;
  }

  #stir(): void {
    // Who looks from now on may have been woken by what a look under way does not show.
    this.#looks.clear();
    this.#stirring.resolve();
    this.#stirring = Promise.withResolvers<void>();
  }
}
