import type { Socket } from 'node:net';
import type { MonotonicMs } from '../../base/clock.ts';
import type { Fields } from '../http1/field-lines.ts';
import { malformed } from '../http1/malformed-message.ts';
import type { ResponseHead } from './response-head.ts';
import { type ResponseEvents, ResponseReader } from './response-reader.ts';
import { sendBody } from './send-body.ts';
import { UpstreamError } from './upstream-error.ts';
import { requestHead, type UpstreamListener, type UpstreamRequest } from './upstream-request.ts';

/** Milliseconds that an idle connection is kept where the upstream does not say for how long it keeps it. */
const keptByDefaultMs = 4_000;
/** The upstream closes by its own clock: ours has to be earlier. */
const closingMarginMs = 2_000;

export interface ConnectionOwner {
  /** `host[:port]`, as the upstream is called where a request does not name it otherwise. */
  readonly host: string;
  /** It can carry another request. */
  onIdle(connection: UpstreamConnection): void;
  /** It is gone, or has become something else. */
  onGone(connection: UpstreamConnection): void;
}

/** A connection that stands. It carries one request at a time, and nothing that nobody asked for. */
export class UpstreamConnection implements ResponseEvents {
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  #request: UpstreamRequest | undefined;
  #listener: UpstreamListener | undefined;
  readonly #reader = new ResponseReader(this);
  #hasBegun = false;
  /** Of the final answer. */
  #head: ResponseHead | undefined;
  #isSending = false;
  #isPaused = false;
  #keptForMs = keptByDefaultMs;
  /** From when on the silence counts; undefined where something has happened since the last look. */
  #silentSince: MonotonicMs | undefined;
  readonly #take = (bytes: Buffer): void => this.receive(bytes);
  readonly #takeEnd = (): void => this.#readEnd();
  readonly #close = (): void => this.#fail(new UpstreamError('closed', 'other side closed'));
  readonly #takeError = (error: Error): void => this.#fail(error);

  constructor(socket: Socket, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    socket.on('data', this.#take).on('end', this.#takeEnd).on('error', this.#takeError).on('close', this.#close);
  }

  send(request: UpstreamRequest, listener: UpstreamListener): void {
    this.#request = request;
    this.#listener = listener;
    this.#reader.expect(request.method);
    this.#hasBegun = false;
    this.#head = undefined;
    this.#silentSince = undefined;
    listener.onSend(this);
    if (this.#listener !== listener) return;
    this.#socket.write(requestHead(request, this.#owner.host), 'latin1');
    if (request.body !== undefined) void this.#sendBody(request, request.body);
  }

  /** @param bytes are good only until this returns, where the socket does not hand them over by itself */
  receive(bytes: Buffer): void {
    if (this.#head !== undefined) this.#silentSince = undefined;
    if (!this.#hasBegun) this.#listener?.onFirstByte();
    this.#hasBegun = true;
    try {
      if (this.#request === undefined) throw malformed('bytes that nobody asked for');
      this.#reader.read(bytes);
    } catch (error) {
      this.#fail(error as Error);
    }
    if (this.#listener?.onPause() === false && !this.#isPaused) {
      this.#isPaused = true;
      this.#socket.pause();
    }
  }

  /** Nobody waits for the answer any more. */
  cancel(listener: UpstreamListener): void {
    if (this.#listener === listener) this.#fail(new UpstreamError('cancelled', 'nobody waits any more'));
  }

  /** More of the body is wanted. */
  resume(listener: UpstreamListener): void {
    if (this.#listener !== listener || !this.#isPaused) return;
    this.#silentSince = undefined;
    this.#flow();
  }

  /** Whether a request can be sent over it: as far as is known, the upstream still has it open. */
  isUsable(now: MonotonicMs): boolean {
    return !this.#socket.destroyed && now - (this.#silentSince ?? now) < this.#keptForMs;
  }

  /** Called now and then: ends a silence that has lasted too long. */
  checkSilence(now: MonotonicMs): void {
    this.#silentSince ??= now;
    const silentMs = now - this.#silentSince;
    if (this.#request === undefined) {
      if (silentMs >= this.#keptForMs) this.destroy();
    } else if (this.#head !== undefined) {
      if (silentMs >= this.#request.silenceMs && !this.#isPaused) {
        this.#fail(new UpstreamError('silence_timeout', 'silence within the answer'));
      }
      // The client may take its time to send: only an upstream that does not take what was sent is silent.
    } else if (silentMs >= this.#request.firstByteMs && (!this.#isSending || this.#socket.writableNeedDrain)) {
      this.#fail(new UpstreamError('answer_timeout', 'no answer in time'));
    }
  }

  destroy(): void {
    this.#fail(new UpstreamError('closed', 'closed by us'));
  }

  onHead(head: ResponseHead): void {
    this.#silentSince = undefined;
    if (head.status >= 200) this.#head = head;
    this.#listener?.onHead(head);
  }

  onBody(bytes: Buffer): void {
    this.#listener?.onBody(bytes);
  }

  onEnd(trailers: Fields): void {
    const { isKept, keptForMs = keptByDefaultMs + closingMarginMs } = this.#head ?? { isKept: false };
    const isDone = isKept && !this.#isSending;
    const listener = this.#forget();
    this.#flow();
    listener?.onEnd(trailers);
    this.#keptForMs = keptForMs - closingMarginMs;
    this.#silentSince = undefined;
    if (isDone && this.#keptForMs > 0) this.#owner.onIdle(this);
    else this.destroy();
  }

  onSwitch(head: ResponseHead, rest: Buffer): void {
    if (this.#request?.isUpgrade !== true) throw malformed('an upgrade that nobody asked for');
    const socket = this.#socket;
    const listener = this.#forget();
    socket.pause();
    socket.off('data', this.#take).off('end', this.#takeEnd).off('error', this.#takeError).off('close', this.#close);
    if (rest.length > 0) socket.unshift(rest);
    this.#owner.onGone(this);
    listener?.onSwitch(head, socket);
  }

  #readEnd(): void {
    try {
      if (this.#request !== undefined) this.#reader.end();
      this.destroy();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  async #sendBody(request: UpstreamRequest, body: AsyncIterable<Buffer>): Promise<void> {
    this.#isSending = true;
    try {
      await sendBody(this.#socket, body, request.contentLength, () => {
        this.#silentSince = undefined;
      });
    } catch (error) {
      if (this.#request === request) this.#fail(error as Error);
    }
    this.#isSending = false;
  }

  #flow(): void {
    if (this.#isPaused) this.#socket.resume();
    this.#isPaused = false;
  }

  #forget(): UpstreamListener | undefined {
    const listener = this.#listener;
    this.#listener = undefined;
    this.#request = undefined;
    return listener;
  }

  /** Ends the connection, whatever is under way on it. */
  #fail(error: Error): void {
    const listener = this.#forget();
    this.#socket.destroy();
    this.#owner.onGone(this);
    listener?.onError(error);
  }
}
