import type { Socket } from 'node:net';
import type { MonotonicMs } from '../../base/clock.ts';
import { type Rejection, rejection } from '../../protocol/rejection.ts';
import { BodyReader } from '../http1/body-reader.ts';
import { resetConnection } from '../reset-connection.ts';
import { type AnswerCarrier, DownstreamAnswer } from './downstream-answer.ts';
import { HeadReader } from './head-reader.ts';
import { RequestBody } from './request-body.ts';
import { RequestHead } from './request-head.ts';

export interface ConnectionSettings {
  /** Bytes of a request line and header fields together. */
  readonly headerBytes: number;
  /** Milliseconds until a head is complete. */
  readonly headersMs: number;
  /** Milliseconds that a connection is kept without a request. */
  readonly keepAliveMs: number;
  /** Milliseconds of silence, both ways, while a request is under way. */
  silenceMs(): number;
}

/** What comes over a connection, one request at a time: the next one only when the last one is answered. */
export interface ConnectionListener {
  onRequest(head: RequestHead, body: RequestBody | undefined, answer: DownstreamAnswer, connection: Handover): void;
  /** What came is no request. The answer, and with it the end of the connection, is up to the listener. */
  onUnreadable(reason: Rejection, connection: DownstreamConnection): void;
  onClose(connection: DownstreamConnection): void;
}

/** How a connection leaves HTTP behind. */
export interface Handover {
  /** @returns the socket, paused; what the client has sent already comes first */
  handOver(): Socket;
}

/** How long a client that is still sending may take to notice that all is said, in milliseconds. */
const lingerMs = 1_000;
/** Bytes of further requests that wait for their turn before the client is held back. */
const heldAtMost = 64 * 1024;

/**
 * - `waiting`: for a request
 * - `reading`: a head, of which some has come
 * - `answering`: a request; its body may still be coming
 * - `closing`: all is said, and what still comes is for nobody
 * - `gone`: closed, or handed over
 */
type State = 'waiting' | 'reading' | 'answering' | 'closing' | 'gone';

/** A client's connection: HTTP/1.1 as RFC 9112 defines it, and nothing beside it. */
export class DownstreamConnection implements AnswerCarrier {
  readonly keptFields: string;
  readonly #socket: Socket;
  readonly #settings: ConnectionSettings;
  readonly #listener: ConnectionListener;
  #state: State = 'waiting';
  /** From when on the silence counts; undefined where something has happened since the last look. */
  #since: MonotonicMs | undefined;
  #hasServed = false;
  /** No request is wanted after the one that is under way. */
  #isLast = false;
  readonly #heads: HeadReader;
  #isReading = false;
  #answer: DownstreamAnswer | undefined;
  #body: RequestBody | undefined;
  /** Undefined when the body has been read to its end, or cannot be read. */
  #bodyReader: BodyReader | undefined;
  #isAnswered = false;
  readonly #take = (chunk: Buffer): void => this.#takeChunk(chunk);
  readonly #end = (): void => this.#takeEnd();
  readonly #drain = (): void => this.#drained();
  readonly #error = (): void => void this.#socket.destroy();
  readonly #close = (): void => this.#closed();

  constructor(socket: Socket, settings: ConnectionSettings, listener: ConnectionListener) {
    this.#socket = socket;
    this.#settings = settings;
    this.#listener = listener;
    this.#heads = new HeadReader(settings.headerBytes);
    this.keptFields = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(settings.keepAliveMs / 1000)}\r\n`;
    socket.on('data', this.#take).on('end', this.#end).on('drain', this.#drain);
    socket.on('error', this.#error).on('close', this.#close);
  }

  get isGone(): boolean {
    return this.#socket.destroyed;
  }

  /** Called now and then: ends what has lasted too long. */
  checkTime(now: MonotonicMs): void {
    if (this.#since === undefined) {
      this.#since = now;
      return;
    }
    const silentMs = now - this.#since;
    if (silentMs < this.#patienceMs()) return;
    if (this.#state === 'reading') this.#listener.onUnreadable(rejection('request_timeout'), this);
    else if (this.#state === 'waiting') this.windUp();
    else this.#socket.destroy();
  }

  #patienceMs(): number {
    const { headersMs, keepAliveMs, silenceMs } = this.#settings;
    switch (this.#state) {
      case 'waiting':
        return this.#hasServed ? keepAliveMs : headersMs;
      case 'reading':
        return headersMs;
      case 'closing':
        return lingerMs;
      default:
        return silenceMs();
    }
  }

  /** Ends the connection: at once where nothing is under way, else behind it. */
  windUp(): void {
    this.#isLast = true;
    if (this.#state === 'waiting') this.closeAfter('');
  }

  /** Says the last words, then hears the client out for a while (RFC 9112 section 9.6) and ends the connection. */
  closeAfter(text: string): void {
    this.#state = 'closing';
    this.#since = undefined;
    this.#heads.takeRest();
    this.#socket.resume();
    if (text === '') this.#socket.end();
    else this.#socket.end(text, 'latin1');
  }

  destroy(): void {
    this.#socket.destroy();
  }

  get takesMore(): boolean {
    return !this.#socket.writableNeedDrain;
  }

  writeText(latin1: string): void {
    this.#since = undefined;
    this.#socket.write(latin1, 'latin1');
  }

  writePieces(before: string, bytes: Buffer, after: string): void {
    this.#since = undefined;
    const socket = this.#socket;
    socket.cork();
    if (before !== '') socket.write(before, 'latin1');
    socket.write(bytes);
    if (after !== '') socket.write(after, 'latin1');
    socket.uncork();
  }

  reset(): void {
    resetConnection(this.#socket);
  }

  onAnswered(): void {
    if (this.#socket.writableLength === 0) this.#finish();
    else this.#socket.write('', (error) => (error ? undefined : this.#finish()));
  }

  handOver(): Socket {
    const socket = this.#socket;
    this.#state = 'gone';
    socket.off('data', this.#take).off('end', this.#end).off('drain', this.#drain);
    socket.off('error', this.#error).off('close', this.#close);
    socket.pause();
    const early = this.#heads.takeRest();
    if (early.length > 0) socket.unshift(early);
    this.#listener.onClose(this);
    return socket;
  }

  #takeChunk(chunk: Buffer): void {
    if (this.#state === 'answering') {
      this.#since = undefined;
      if (this.#bodyReader === undefined) this.#hold(chunk);
      else this.#readBody(this.#bodyReader, chunk);
    } else if (this.#state !== 'closing') {
      this.#hold(chunk);
      this.#readHeads();
    }
  }

  /** What comes behind a request waits until it is answered. */
  #hold(chunk: Buffer): void {
    this.#heads.take(chunk);
    if (this.#state === 'answering' && this.#heads.heldBytes > heldAtMost) this.#socket.pause();
  }

  /** An answer that is given at once does not call for the next one from within: requests may be many. */
  #readHeads(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#state === 'waiting' || this.#state === 'reading') {
      const head = this.#heads.read();
      if (head === undefined) break;
      if (head instanceof RequestHead) this.#begin(head);
      else this.#listener.onUnreadable(head, this);
    }
    this.#isReading = false;
    if (this.#state !== 'waiting' || this.#heads.heldBytes === 0) return;
    this.#state = 'reading';
    this.#since = undefined;
  }

  #begin(head: RequestHead): void {
    this.#state = 'answering';
    this.#since = undefined;
    this.#isAnswered = false;
    const answer = new DownstreamAnswer(this, head);
    this.#answer = answer;
    if (head.fault === undefined && head.hasBody) {
      this.#body = new RequestBody(this.#socket);
      this.#bodyReader = new BodyReader(head.isChunked ? 'chunked' : (head.contentLength ?? 0), this.#body);
    }
    this.#listener.onRequest(head, this.#body, answer, this);
    if (this.#bodyReader !== undefined) this.#readBody(this.#bodyReader, this.#heads.takeRest());
  }

  #readBody(reader: BodyReader, chunk: Buffer): void {
    try {
      const end = reader.read(chunk, 0);
      if (!reader.isOver) return;
      this.#bodyReader = undefined;
      if (end < chunk.length) this.#hold(chunk.subarray(end));
      this.#settle();
    } catch (error) {
      // Nobody can tell where the next request begins.
      this.#bodyReader = undefined;
      if (this.#answer !== undefined) this.#answer.isKept = false;
      this.#body?.fail(error instanceof Error ? error.message : '');
      this.#settle();
    }
  }

  /** The client has all of the answer. */
  #finish(): void {
    if (this.#state !== 'answering') return;
    this.#isAnswered = true;
    this.#answer?.listener?.onOver(true);
    this.#settle();
  }

  /** The next request begins where this one ends: that must have been read, and answered. */
  #settle(): void {
    if (!this.#isAnswered || this.#state !== 'answering') return;
    if (this.#isLast || this.#answer?.isKept !== true) {
      this.closeAfter('');
      return;
    }
    if (this.#bodyReader !== undefined) return;
    this.#answer = undefined;
    this.#body = undefined;
    this.#hasServed = true;
    this.#state = 'waiting';
    this.#since = undefined;
    if (this.#heads.heldBytes > heldAtMost) this.#socket.resume();
    this.#readHeads();
  }

  #drained(): void {
    this.#since = undefined;
    this.#answer?.listener?.onDrain();
  }

  /** The client says no more. Whoever waits for an answer keeps the connection open: one that closes it has left. */
  #takeEnd(): void {
    if (this.#state === 'answering') this.#socket.destroy();
    else if (this.#state !== 'closing') this.closeAfter('');
  }

  #closed(): void {
    const isCutOff = this.#state === 'answering' && !this.#isAnswered;
    this.#state = 'gone';
    this.#body?.fail('the client closed the connection');
    if (isCutOff) this.#answer?.listener?.onOver(false);
    this.#listener.onClose(this);
  }
}
