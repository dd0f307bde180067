import type { Decision } from '../../access/index.ts';
import type { MonotonicClock, MonotonicMs } from '../../base/clock.ts';
import { type LogPosition, type RevocationLog, writeLogEvent } from '../../revocation/index.ts';
import { LogTail } from './log-tail.ts';
import { tellLog } from './tell-log.ts';

/** Streams at once. */
const most = 1000;

/** Milliseconds between two judgements of a stream's token. */
const reviewInterval = 1000;

/** Milliseconds that a reader may take for one event. Whoever is slower has gone stale already. */
const patience = 5000;

export interface FollowRequest {
  /** Undefined: where nobody can be. */
  readonly from: LogPosition | undefined;
  /** The question that was asked at the beginning, asked again while the stream lasts. */
  judge(): Decision | Promise<Decision>;
  /** Closes the connection without waiting for the reader. */
  cut(): void;
  /** The log could not be read; the stream ends. */
  onFailure(error: unknown): void;
}

/** Who follows the log from afar, each by a stream of events. */
export class Followers {
  readonly #tail: LogTail;
  readonly #monotonic: MonotonicClock;
  readonly #streams = new Map<AbortController, FollowRequest>();
  #review: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(log: Pick<RevocationLog, 'readAfter' | 'subscribe'>, monotonic: MonotonicClock) {
    this.#tail = new LogTail(log, monotonic);
    this.#monotonic = monotonic;
  }

  /** @returns undefined where there are too many already, or all are told to go */
  admit(request: FollowRequest): ReadableStream<Uint8Array> | undefined {
    if (this.#closed || this.#streams.size >= most) return undefined;
    this.#review ??= setInterval(() => void this.#reviewAll(), reviewInterval).unref();
    return ReadableStream.from(this.#tell(request, this.#monotonic()));
  }

  /** Ends all streams: their readers come again, elsewhere or later. */
  close(): void {
    this.#closed = true;
    for (const over of this.#streams.keys()) over.abort();
    clearInterval(this.#review);
  }

  /** Nothing is kept of a stream whose reader has gone before it began. */
  async *#tell(request: FollowRequest, takenAt: MonotonicMs): AsyncGenerator<Uint8Array> {
    const over = new AbortController();
    if (this.#closed) return;
    this.#streams.set(over, request);
    const leave = this.#tail.enter();
    let slow: NodeJS.Timeout | undefined;
    try {
      for await (const event of tellLog(this.#tail, request.from, takenAt, over.signal)) {
        slow = setTimeout(() => request.cut(), patience).unref();
        // It goes on here when the bytes have been taken and more are wanted.
        yield Buffer.from(writeLogEvent(event));
        clearTimeout(slow);
      }
    } catch (error) {
      request.onFailure(error);
    } finally {
      clearTimeout(slow);
      leave();
      this.#streams.delete(over);
    }
  }

  async #reviewAll(): Promise<void> {
    for (const [over, request] of this.#streams) {
      if (!(await isStillGranted(request))) over.abort();
    }
  }
}

/** What cannot be judged is refused. */
async function isStillGranted({ judge }: FollowRequest): Promise<boolean> {
  try {
    return (await judge()).granted;
  } catch {
    return false;
  }
}
