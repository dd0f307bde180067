import { type Fields, type ResponseHead, readResponseHead, readTrailers } from './response-head.ts';
import { malformed, UpstreamError } from './upstream-error.ts';

/** What of an answer is told as it comes in. An error ends it: nothing follows. */
export interface ResponseEvents {
  /** Interim answers too (RFC 9110 section 15.2); then another head follows. */
  onHead(head: ResponseHead): void;
  /** RFC 9110 section 15.2.2: what follows is no HTTP any more. */
  onSwitch(head: ResponseHead, rest: Buffer): void;
  onBody(bytes: Buffer): void;
  onEnd(trailers: Fields): void;
}

/** Bytes of a head, of trailers, or of the line that begins a chunk. */
const longestHead = 16 * 1024;
const longestChunkLine = 1024;

/** RFC 9112 section 7.1.1: what follows the size is for nobody who does not know it. */
const chunkLine = /^([0-9a-f]{1,12})[\t ]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i;
const none = Buffer.alloc(0);

type State = 'head' | 'body' | 'chunk-line' | 'chunk' | 'chunk-end' | 'trailers' | 'over';

/** RFC 9112, the answer's side, read strictly: what two readers could read in two ways ends the connection. */
export class ResponseReader {
  readonly #method: string;
  readonly #events: ResponseEvents;
  #state: State = 'head';
  /** Of the body or the chunk, in bytes. */
  #left = 0;
  /** A line or a head that is not complete. */
  #held: Buffer = none;

  constructor(method: string, events: ResponseEvents) {
    this.#method = method;
    this.#events = events;
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  /** @throws UpstreamError `malformed` */
  read(chunk: Buffer): void {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = none;
    let at = 0;
    while (at < bytes.length) {
      const next = this.#step(bytes, at);
      if (next === at) {
        this.#held = Buffer.from(bytes.subarray(at));
        return;
      }
      at = next;
    }
  }

  /** The upstream has said all. @throws UpstreamError `closed`, where an answer was not complete */
  end(): void {
    if (this.#state === 'body' && this.#left === Number.POSITIVE_INFINITY) this.#finish([]);
    else throw new UpstreamError('closed', 'other side closed');
  }

  /** @returns where to go on; `at` where more has to come first */
  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes, at);
      case 'body':
      case 'chunk':
        return this.#readBody(bytes, at);
      case 'chunk-line':
        return this.#readChunkLine(bytes, at);
      case 'chunk-end':
        return this.#readChunkEnd(bytes, at);
      case 'trailers':
        return this.#readTrailers(bytes, at);
      case 'over':
        throw malformed('bytes after the answer');
    }
  }

  #readHead(bytes: Buffer, at: number): number {
    const end = bytes.indexOf('\r\n\r\n', at, 'latin1');
    if (end === -1) return refuseHopeless(bytes, at);
    if (end - at > longestHead) throw malformed('header fields that are too long');
    const head = readResponseHead(bytes.toString('latin1', at, end), this.#method);
    if (head.status === 101) {
      this.#state = 'over';
      this.#events.onSwitch(head, Buffer.from(bytes.subarray(end + 4)));
      return bytes.length;
    }
    this.#events.onHead(head);
    if (head.status >= 200) this.#begin(head);
    return end + 4;
  }

  #begin({ framing }: ResponseHead): void {
    if (framing === 'none' || framing === 0) this.#finish([]);
    else if (framing === 'chunked') this.#state = 'chunk-line';
    else {
      this.#state = 'body';
      this.#left = framing === 'until-close' ? Number.POSITIVE_INFINITY : framing;
    }
  }

  #readBody(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    this.#events.onBody(bytes.subarray(at, end));
    if (this.#left === 0) {
      if (this.#state === 'body') this.#finish([]);
      else this.#state = 'chunk-end';
    }
    return end;
  }

  #readChunkLine(bytes: Buffer, at: number): number {
    const end = bytes.indexOf('\r\n', at, 'latin1');
    if (end === -1 ? bytes.length - at > longestChunkLine : end - at > longestChunkLine) {
      throw malformed('a chunk whose size does not end');
    }
    if (end === -1) return at;
    const size = chunkLine.exec(bytes.toString('latin1', at, end))?.[1];
    if (size === undefined) throw malformed('a chunk without a size');
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left === 0 ? 'trailers' : 'chunk';
    return end + 2;
  }

  #readChunkEnd(bytes: Buffer, at: number): number {
    if (bytes.length - at < 2) return at;
    if (bytes[at] !== 0x0d || bytes[at + 1] !== 0x0a) throw malformed('a chunk that is longer than it says');
    this.#state = 'chunk-line';
    return at + 2;
  }

  #readTrailers(bytes: Buffer, at: number): number {
    if (bytes.length - at >= 2 && bytes[at] === 0x0d && bytes[at + 1] === 0x0a) {
      this.#finish([]);
      return at + 2;
    }
    const end = bytes.indexOf('\r\n\r\n', at, 'latin1');
    if ((end === -1 ? bytes.length : end) - at > longestHead) throw malformed('trailers that are too long');
    if (end === -1) return at;
    this.#finish(readTrailers(bytes.toString('latin1', at, end)));
    return end + 4;
  }

  #finish(trailers: Fields): void {
    this.#state = 'over';
    this.#events.onEnd(trailers);
  }
}

/** A head that is not complete; but what can become none need not be waited for. */
function refuseHopeless(bytes: Buffer, at: number): number {
  if (bytes.length - at > longestHead) throw malformed('header fields that are too long');
  const begun = bytes.toString('latin1', at, Math.min(bytes.length, at + 5));
  if (!'HTTP/'.startsWith(begun)) throw malformed('no HTTP status line');
  return at;
}
