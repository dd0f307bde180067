import { type Fields, readFieldLines } from './field-lines.ts';
import { malformed } from './malformed-message.ts';

/** RFC 9112 section 6.3: how long a body is, where there is one; in bytes where its length is known. */
export type BodyFraming = 'chunked' | 'until-close' | number;

export interface BodyEvents {
  onBody(bytes: Buffer): void;
  onEnd(trailers: Fields): void;
}

/** Bytes of trailers, and of the line that begins a chunk. */
const longestTrailers = 16 * 1024;
const longestChunkLine = 1024;

/** RFC 9112 section 7.1.1: what follows the size is for nobody who does not know it. */
const chunkLine = /^([0-9a-f]{1,12})[\t ]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i;
const none = Buffer.alloc(0);

type State = 'content' | 'chunk-line' | 'chunk' | 'chunk-end' | 'trailers' | 'over';

/** A message's body, read strictly: what two readers could read in two ways is an error. */
export class BodyReader {
  readonly #events: BodyEvents;
  #state: State;
  /** Of the content or the chunk, in bytes. */
  #left = 0;
  /** A line that is not complete. */
  #held: Buffer = none;

  constructor(framing: BodyFraming, events: BodyEvents) {
    this.#events = events;
    this.#state = framing === 'chunked' ? 'chunk-line' : 'content';
    if (framing !== 'chunked') this.#left = framing === 'until-close' ? Number.POSITIVE_INFINITY : framing;
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  /** @returns whether the end of the connection is the end of the body */
  end(): boolean {
    if (this.#state !== 'content' || this.#left !== Number.POSITIVE_INFINITY) return false;
    this.#finish([]);
    return true;
  }

  /**
   * @returns where the body ends in these bytes; their length where it goes on
   * @throws MalformedMessage; nothing may be read after it
   */
  read(chunk: Buffer, start: number): number {
    const heldLength = this.#held.length;
    const bytes = heldLength === 0 ? chunk : Buffer.concat([this.#held, chunk.subarray(start)]);
    const offset = heldLength === 0 ? 0 : heldLength - start;
    this.#held = none;
    let at = heldLength === 0 ? start : 0;
    while (at < bytes.length && this.#state !== 'over') {
      const next = this.#step(bytes, at);
      if (next === at) {
        this.#held = Buffer.from(bytes.subarray(at));
        return chunk.length;
      }
      at = next;
    }
    return at - offset;
  }

  /** @returns where to go on; `at` where more has to come first */
  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'content':
      case 'chunk':
        return this.#readContent(bytes, at);
      case 'chunk-line':
        return this.#readChunkLine(bytes, at);
      case 'chunk-end':
        return this.#readChunkEnd(bytes, at);
      case 'trailers':
        return this.#readTrailers(bytes, at);
      case 'over':
        return at;
    }
  }

  #readContent(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    this.#events.onBody(bytes.subarray(at, end));
    if (this.#left === 0) {
      if (this.#state === 'content') this.#finish([]);
      else this.#state = 'chunk-end';
    }
    return end;
  }

  #readChunkLine(bytes: Buffer, at: number): number {
    const end = bytes.indexOf('\r\n', at, 'latin1');
    if ((end === -1 ? bytes.length : end) - at > longestChunkLine) throw malformed('a chunk whose size does not end');
    if (end === -1) return refuseHopeless(bytes, at);
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
    if ((end === -1 ? bytes.length : end) - at > longestTrailers) throw malformed('trailers that are too long');
    if (end === -1) return at;
    this.#finish(readFieldLines(bytes.toString('latin1', at, end + 2), 0, end + 2 - at).fields);
    return end + 4;
  }

  #finish(trailers: Fields): void {
    this.#state = 'over';
    this.#events.onEnd(trailers);
  }
}

/** A line that is not complete; but what can become no size need not be waited for. */
function refuseHopeless(bytes: Buffer, at: number): number {
  if (/^[^0-9a-f]|\n/i.test(bytes.toString('latin1', at))) throw malformed('a chunk without a size');
  return at;
}
