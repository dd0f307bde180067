import type { BodyFraming } from '../http1/body-reader.ts';
import type { RequestHead } from './request-head.ts';
import { statusLine } from './status-line.ts';

/** What an answer needs of the connection that it leaves by. */
export interface AnswerCarrier {
  /** Fields that say for how long the connection is kept. */
  readonly keptFields: string;
  readonly isGone: boolean;
  /** Whether the client has taken what was written: more should come only after `onDrain` where it has not. */
  readonly takesMore: boolean;
  writeText(latin1: string): void;
  /** Text, bytes and text in one write. */
  writePieces(before: string, bytes: Buffer, after: string): void;
  /** All has been written. */
  onAnswered(): void;
  reset(): void;
}

/** Who gave the answer. */
export interface AnswerListener {
  /** More is wanted, after it was not. */
  onDrain(): void;
  /** All has left for the client, or the client is gone before. Called once. */
  onOver(isComplete: boolean): void;
}

/** Bytes up to which copying a body costs less than a second piece in a write. */
const worthJoining = 16 * 1024;

type Framing = 'none' | 'length' | 'chunked' | 'until-close';

/** The answer to one request, as it goes over the wire: RFC 9112. What is said in one turn leaves in one write. */
export class DownstreamAnswer {
  /** Whether the connection goes on after it. */
  isKept: boolean;
  listener: AnswerListener | undefined;
  readonly #carrier: AnswerCarrier;
  readonly #isHead: boolean;
  readonly #isOld: boolean;
  #status: number | undefined;
  #framing: Framing = 'none';
  #hasEnded = false;
  /** What has not been written yet, one character a byte. */
  #text = '';

  constructor(carrier: AnswerCarrier, { method, minorVersion, isKept }: RequestHead) {
    this.#carrier = carrier;
    this.#isHead = method === 'HEAD';
    this.#isOld = minorVersion === 0;
    this.isKept = isKept;
  }

  /** Undefined until an answer has begun that is more than an interim one. */
  get status(): number | undefined {
    return this.#status;
  }

  /** Whether there is nobody left to answer. */
  get isGone(): boolean {
    return this.#carrier.isGone;
  }

  /** RFC 9110 section 15.2: interim answers are for clients that can know them. */
  inform(status: number, fieldLines: string): void {
    if (!this.#isOld) this.#carrier.writeText(`${statusLine(status)}${fieldLines}\r\n`);
  }

  /**
   * @param fieldLines without those that say how the message is framed or how long the connection lasts, but with the
   *                   length of a body where it is known. None holds a line break within
   * @param framing    as the body comes; how it goes on is decided here
   */
  begin(status: number, fieldLines: string, framing: 'none' | BodyFraming): void {
    this.#status = status;
    this.#framing = this.#framingOf(framing);
    if (this.#framing === 'until-close') this.isKept = false;
    const coding = this.#framing === 'chunked' ? 'Transfer-Encoding: chunked\r\n' : '';
    const connection = this.isKept ? this.#carrier.keptFields : 'Connection: close\r\n';
    this.#text = `${statusLine(status)}${fieldLines}${coding}${connection}\r\n`;
  }

  #framingOf(framing: 'none' | BodyFraming): Framing {
    if (this.#isHead || framing === 'none') return 'none';
    if (typeof framing === 'number') return 'length';
    // RFC 9112 section 6.1: HTTP/1.0 knows no transfer coding.
    return this.#isOld ? 'until-close' : 'chunked';
  }

  /** @param bytes are good only until this returns */
  write(bytes: Buffer): void {
    if (this.#framing === 'none' || bytes.length === 0) return;
    const [before, after] = this.#framing === 'chunked' ? [`${bytes.length.toString(16)}\r\n`, '\r\n'] : ['', ''];
    if (this.#text.length + bytes.length <= worthJoining) {
      this.#text += before + bytes.toString('latin1') + after;
    } else {
      const text = this.#text + before;
      this.#text = '';
      this.#carrier.writePieces(text, Buffer.from(bytes), after);
    }
  }

  /** Has all leave that was said. @returns whether more is wanted at once, and not only after `onDrain` */
  flush(): boolean {
    const text = this.#text;
    this.#text = '';
    if (text !== '') this.#carrier.writeText(text);
    return this.#carrier.takesMore;
  }

  /** @param trailers are dropped where the client would not know them for such */
  end(trailers: readonly (readonly [string, string])[] = []): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (this.#framing === 'chunked') {
      this.#text += '0\r\n';
      for (const [name, value] of trailers) this.#text += `${name}: ${value}\r\n`;
      this.#text += '\r\n';
    }
    this.flush();
    this.#carrier.onAnswered();
  }

  /** What has begun cannot be taken back: the client learns that it is not complete. */
  reset(): void {
    this.#carrier.reset();
  }
}
