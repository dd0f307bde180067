import type { Dispatcher } from 'undici';
import { endAfterBody, leavesBodyUnread } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { InboundRequest } from './inbound-request.ts';
import { refuse } from './refuse.ts';
import { clientFields, clientTrailers, type RawFields } from './response-headers.ts';
import type { ServedApi } from './served-api.ts';
import { isStaleConnection, upstreamFailure } from './upstream-failure.ts';

/** Bytes up to which copying a body costs less than a second piece in a write. */
const worthJoining = 16 * 1024;

/**
 * Passes an upstream's answer on to the client as it comes in, no faster than the client takes it.
 *
 * The methods are those of undici's older handler interface: it hands over header fields as they came, where the newer
 * one makes an object of them for every answer.
 */
export class UpstreamAnswer implements Dispatcher.DispatchHandler {
  readonly #exchange: Exchange;
  readonly #api: ServedApi;
  readonly #request: InboundRequest;
  /** Sends the request again; undefined where it must not be sent twice. */
  #retry: (() => void) | undefined;
  #abort: ((reason?: Error) => void) | undefined;
  #resume: (() => void) | undefined;
  #sentAt = 0;
  #contentLength: number | undefined;
  /** A body that came in one piece, held until the answer is complete. */
  #whole: Buffer | undefined;
  #unwatch: (() => void) | undefined;

  constructor(exchange: Exchange, api: ServedApi, request: InboundRequest, retry?: () => void) {
    this.#exchange = exchange;
    this.#api = api;
    this.#request = request;
    this.#retry = retry;
    exchange.whenOver = () => this.#leave();
  }

  onConnect(abort: (reason?: Error) => void): void {
    if (this.#exchange.isOver) abort();
    this.#abort = abort;
    this.#sentAt = this.#exchange.house.clock();
  }

  onResponseStarted(): void {
    this.#retry = undefined;
    this.#exchange.upstreamMs = this.#exchange.house.clock() - this.#sentAt;
  }

  onHeaders(status: number, raw: RawFields, resume: () => void): boolean {
    const exchange = this.#exchange;
    this.#resume = resume;
    if (status < 200) {
      this.#inform(status, raw);
      return true;
    }
    const { response } = exchange;
    const { cors } = this.#api;
    const { fields, contentLength } = clientFields(raw, status, cors !== undefined);
    this.#contentLength = contentLength;
    if (contentLength === undefined) this.#watch();
    fields.push('x-request-id', exchange.id);
    if (cors !== undefined) fields.push(...cors.fieldsFor(this.#request.header('origin')));
    if (exchange.house.isClosing || leavesBodyUnread(exchange)) response.shouldKeepAlive = false;
    response.writeHead(status, fields);
    // Head and first bytes mostly come together and leave together; where nothing follows, the head goes alone.
    process.nextTick(flushHead, exchange);
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#exchange.bytesOut += chunk.length;
    if (chunk.length === this.#contentLength && chunk.length <= worthJoining) {
      this.#whole = chunk;
      return true;
    }
    const { response } = this.#exchange;
    const isTaken = response.write(chunk);
    if (!isTaken && this.#resume !== undefined) response.once('drain', this.#resume);
    return isTaken;
  }

  onComplete(trailers: string[] | null): void {
    const exchange = this.#exchange;
    const { response } = exchange;
    this.release();
    if (trailers !== null && trailers.length > 0) {
      response.addTrailers(clientTrailers(trailers as unknown as RawFields));
    }
    const isCutShort = leavesBodyUnread(exchange);
    if (this.#whole !== undefined && isCutShort) response.write(this.#whole);
    if (isCutShort) endAfterBody(exchange);
    // node:http joins the head with a string, but not with a buffer: one write to the socket instead of two pieces.
    else if (this.#whole !== undefined) response.end(this.#whole.toString('latin1'), 'latin1');
    else response.end();
  }

  onError(error: Error): void {
    const exchange = this.#exchange;
    this.release();
    if (exchange.isOver) return;
    const retry = this.#retry;
    if (retry !== undefined && isStaleConnection(error)) retry();
    else refuse(exchange, upstreamFailure(error));
  }

  /** There is nothing left to cancel. */
  protected release(): void {
    this.#abort = undefined;
    this.#unwatch?.();
  }

  /** An answer that does not say how long it is may go on for hours. */
  #watch(): void {
    const exchange = this.#exchange;
    const { access, clock, reviews } = exchange.house;
    this.#unwatch = reviews.watch({
      judge: () => access.review(this.#api.protected, this.#request, clock()),
      end: (rejected) => refuse(exchange, rejected),
    });
  }

  /** RFC 9110 section 15.2: interim answers are passed on, but not to a client that cannot know them. */
  #inform(status: number, raw: RawFields): void {
    const { incoming, response } = this.#exchange;
    if (status === 101 || status === 100 || incoming.httpVersionMinor === 0) return;
    response.writeInformation(status, clientFields(raw, status, false).fields);
  }

  /** The client is gone, or has all: whatever the upstream still sends is for nobody. */
  #leave(): void {
    this.#abort?.(new Error('the client went away'));
    this.release();
  }
}

function flushHead({ response, bytesOut }: Exchange): void {
  if (bytesOut === 0 && !response.writableEnded && !response.destroyed) response.flushHeaders();
}
