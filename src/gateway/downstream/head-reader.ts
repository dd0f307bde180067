import { type Rejection, rejection } from '../../protocol/rejection.ts';
import { type RequestHead, readRequestHead } from './request-head.ts';

const none = Buffer.alloc(0);

/** What begins like no method, or has a bare line feed, need not be waited for. */
const hopeless = /^[^\w!#$%&'*+.^`|~\r-]|(?<!\r)\n/;

/** Finds the heads of requests in what comes over a connection, in whatever pieces it comes. */
export class HeadReader {
  readonly #headerBytes: number;
  #held: Buffer = none;
  /** Bytes of it in which no head can end. */
  #searched = 0;

  /** @param headerBytes of a request line and header fields together */
  constructor(headerBytes: number) {
    this.#headerBytes = headerBytes;
  }

  /** What has come and has not been read. */
  get heldBytes(): number {
    return this.#held.length;
  }

  take(chunk: Buffer): void {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
  }

  /** What is no head any more: the body behind one, or another protocol. */
  takeRest(): Buffer {
    const rest = this.#held;
    this.#held = none;
    this.#searched = 0;
    return rest;
  }

  /** @returns the next head, or why there can be none; undefined where more has to come first */
  read(): RequestHead | Rejection | undefined {
    this.#dropEmptyLines();
    const bytes = this.#held;
    if (bytes.length === 0) return undefined;
    const text = bytes.toString('latin1', 0, Math.min(bytes.length, this.#headerBytes + 4));
    const end = text.indexOf('\r\n\r\n', this.#searched);
    if (end === -1) return this.#judgeBeginning(text);
    this.#searched = 0;
    this.#held = end + 4 === bytes.length ? none : bytes.subarray(end + 4);
    try {
      return readRequestHead(text, end + 2);
    } catch (error) {
      return malformedRequest(error instanceof Error ? error.message : '');
    }
  }

  /** RFC 9112 section 2.2: empty lines before a request line are ignored. */
  #dropEmptyLines(): void {
    const held = this.#held;
    let at = 0;
    while (held[at] === 0x0d && held[at + 1] === 0x0a) at += 2;
    if (at > 0) this.#held = held.subarray(at);
  }

  #judgeBeginning(text: string): Rejection | undefined {
    if (text.length > this.#headerBytes) return rejection('headers_too_large');
    if (hopeless.test(text)) return malformedRequest('no HTTP/1.1 request line');
    this.#searched = Math.max(0, text.length - 3);
    return undefined;
  }
}

function malformedRequest(reason: string): Rejection {
  return rejection('request_malformed', { reason });
}
