import { BodyReader } from '../http1/body-reader.ts';
import type { Fields } from '../http1/field-lines.ts';
import { malformed } from '../http1/malformed-message.ts';
import { type ResponseHead, readResponseHead } from './response-head.ts';
import { UpstreamError } from './upstream-error.ts';

/** What of an answer is told as it comes in. An error ends it: nothing follows. */
export interface ResponseEvents {
  /** Interim answers too (RFC 9110 section 15.2); then another head follows. */
  onHead(head: ResponseHead): void;
  /** RFC 9110 section 15.2.2: what follows is no HTTP any more. */
  onSwitch(head: ResponseHead, rest: Buffer): void;
  /** @param bytes are good only until this returns, as those that were read are */
  onBody(bytes: Buffer): void;
  onEnd(trailers: Fields): void;
}

/** Bytes of a head. */
const longestHead = 16 * 1024;
const none = Buffer.alloc(0);

/** RFC 9112, the answer's side, read strictly: what two readers could read in two ways ends the connection. */
export class ResponseReader {
  readonly #events: ResponseEvents;
  /** Of the request. */
  #method = '';
  /** Undefined before there is a body, and where there is none. */
  #body: BodyReader | undefined;
  /** The final head has been read. */
  #isBegun = false;
  /** A head that is not complete. */
  #held: Buffer = none;

  constructor(events: ResponseEvents) {
    this.#events = events;
  }

  /** @param method of the request that is answered next */
  expect(method: string): void {
    this.#method = method;
    this.#body = undefined;
    this.#isBegun = false;
  }

  get isOver(): boolean {
    return this.#isBegun && this.#body?.isOver !== false;
  }

  /** @throws MalformedMessage */
  read(chunk: Buffer): void {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = none;
    let at = 0;
    while (at < bytes.length) {
      if (this.isOver) throw malformed('bytes after the answer');
      if (this.#body !== undefined) at = this.#body.read(bytes, at);
      else {
        const next = this.#readHead(bytes, at);
        if (next === at) {
          this.#held = Buffer.from(bytes.subarray(at));
          return;
        }
        at = next;
      }
    }
  }

  /** The upstream has said all. @throws UpstreamError `closed`, where an answer was not complete */
  end(): void {
    if (this.#body?.end() !== true) throw new UpstreamError('closed', 'other side closed');
  }

  /** @returns where to go on; `at` where more has to come first */
  #readHead(bytes: Buffer, at: number): number {
    const text = bytes.toString('latin1', at, Math.min(bytes.length, at + longestHead + 4));
    const end = text.indexOf('\r\n\r\n');
    if (end === -1) return refuseHopeless(text, at);
    const head = readResponseHead(text, end + 2, this.#method);
    const next = at + end + 4;
    if (head.status === 101) {
      this.#isBegun = true;
      this.#events.onSwitch(head, Buffer.from(bytes.subarray(next)));
      return bytes.length;
    }
    this.#events.onHead(head);
    if (head.status >= 200) this.#begin(head);
    return next;
  }

  #begin({ framing }: ResponseHead): void {
    this.#isBegun = true;
    if (framing === 'none' || framing === 0) this.#events.onEnd([]);
    else this.#body = new BodyReader(framing, this.#events);
  }
}

/** A head that is not complete; but what can become none need not be waited for. */
function refuseHopeless(text: string, at: number): number {
  if (text.length > longestHead) throw malformed('header fields that are too long');
  if (!'HTTP/'.startsWith(text.slice(0, 5))) throw malformed('no HTTP status line');
  return at;
}
