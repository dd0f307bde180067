import type { Socket } from 'node:net';
import { monotonicClock } from '../../base/clock.ts';
import { connectUpstream, type PoolOptions } from './connect-upstream.ts';
import { type ConnectionOwner, UpstreamConnection } from './upstream-connection.ts';
import { UpstreamError } from './upstream-error.ts';
import type { UpstreamListener, UpstreamRequest } from './upstream-request.ts';

/** Milliseconds between two looks at who has been silent for too long: a time-out strikes two of them later at most. */
const lookEveryMs = 250;

interface Waiting {
  readonly request: UpstreamRequest;
  readonly listener: UpstreamListener;
}

/** Keep-alive connections to one upstream: one request on each at a time, as many as are needed at once. */
export class UpstreamPool implements ConnectionOwner {
  readonly host: string;
  readonly #options: PoolOptions;
  readonly #connections = new Set<UpstreamConnection>();
  readonly #connecting = new Set<Socket>();
  /** The last one used is the next one: of more than are needed the others fall silent, and close. */
  readonly #idle: UpstreamConnection[] = [];
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.host = new URL(options.origin).host;
  }

  /**
   * A request leaves at the end of the turn of the event loop: by then all is heard that came over idle connections. An
   * upstream that closes one, or says what nobody asked for, cannot have it taken for an answer to the next request.
   */
  dispatch(request: UpstreamRequest, listener: UpstreamListener): void {
    if (this.#waiting.length === 0) setImmediate(() => this.#sendWaiting());
    this.#waiting.push({ request, listener });
  }

  /** Lets the last answers come in. */
  close(): void {
    this.#isClosed = true;
    for (const connection of this.#idle.splice(0)) connection.destroy();
  }

  /** Cuts off whatever is under way. */
  destroy(): void {
    this.close();
    for (const connection of this.#connections) connection.destroy();
    for (const socket of this.#connecting) socket.destroy();
  }

  onIdle(connection: UpstreamConnection): void {
    if (this.#isClosed) connection.destroy();
    else this.#idle.push(connection);
  }

  onGone(connection: UpstreamConnection): void {
    if (!this.#connections.delete(connection)) return;
    const place = this.#idle.indexOf(connection);
    if (place !== -1) this.#idle.splice(place, 1);
    if (this.#connections.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #sendWaiting(): void {
    const now = monotonicClock();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { request, listener } of waiting) {
      const kept = request.isUpgrade ? undefined : this.#takeIdle(now);
      if (kept === undefined) this.#open(request, listener);
      else kept.send(request, listener);
    }
  }

  #takeIdle(now: number): UpstreamConnection | undefined {
    for (let kept = this.#idle.pop(); kept !== undefined; kept = this.#idle.pop()) {
      if (kept.isUsable(now)) return kept;
      kept.destroy();
    }
    return undefined;
  }

  #open(request: UpstreamRequest, listener: UpstreamListener): void {
    if (this.#isClosed) {
      listener.onError(new UpstreamError('closed', 'the gateway is closing'));
      return;
    }
    let connection: UpstreamConnection | undefined;
    const socket = connectUpstream(
      this.#options,
      request.isUpgrade ? undefined : (bytes) => connection?.receive(bytes),
      () => {
        this.#connecting.delete(socket);
        connection = new UpstreamConnection(socket, this);
        this.#connections.add(connection);
        this.#timer ??= setInterval(() => this.#look(), lookEveryMs).unref();
        connection.send(request, listener);
      },
      (error) => {
        this.#connecting.delete(socket);
        listener.onError(error);
      },
    );
    this.#connecting.add(socket);
  }

  #look(): void {
    const now = monotonicClock();
    for (const connection of this.#connections) connection.checkSilence(now);
  }
}
