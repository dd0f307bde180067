import type { Socket } from 'node:net';
import { endAfterBody, leavesBodyUnread } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { InboundRequest } from './inbound-request.ts';
import { refuse } from './refuse.ts';
import { clientFields, clientTrailers } from './response-headers.ts';
import type { ServedApi } from './served-api.ts';
import type { Carrier, Fields, ResponseHead, UpstreamListener } from './upstream/index.ts';
import { isStaleConnection, upstreamFailure } from './upstream-failure.ts';

/** Bytes up to which copying a body costs less than a second piece in a write. */
const worthJoining = 16 * 1024;

/** Passes an upstream's answer on to the client as it comes in, no faster than the client takes it. */
export class UpstreamAnswer implements UpstreamListener {
  protected readonly exchange: Exchange;
  protected readonly api: ServedApi;
  protected readonly request: InboundRequest;
  /** Sends the request again; undefined where it must not be sent twice. */
  #retry: (() => void) | undefined;
  #carrier: Carrier | undefined;
  #sentAt = 0;
  #contentLength: number | undefined;
  /** A body that came in one piece, held until the answer is complete. */
  #whole: string | undefined;
  #unwatch: (() => void) | undefined;

  constructor(exchange: Exchange, api: ServedApi, request: InboundRequest, retry?: () => void) {
    this.exchange = exchange;
    this.api = api;
    this.request = request;
    this.#retry = retry;
    exchange.whenOver = () => this.#leave();
  }

  onSend(carrier: Carrier): void {
    this.#sentAt = this.exchange.house.clock();
    this.#carrier = carrier;
    if (this.exchange.isOver) carrier.cancel(this);
  }

  onFirstByte(): void {
    this.#retry = undefined;
    this.exchange.upstreamMs = this.exchange.house.clock() - this.#sentAt;
  }

  onHead(head: ResponseHead): void {
    if (head.status < 200) {
      this.#inform(head);
      return;
    }
    const { exchange, request } = this;
    const { response } = exchange;
    const { cors } = this.api;
    const fields = clientFields(head, cors !== undefined);
    this.#contentLength = typeof head.framing === 'number' ? head.framing : undefined;
    if (head.framing === 'chunked' || head.framing === 'until-close') this.#watch();
    fields.push('x-request-id', exchange.id);
    if (cors !== undefined) fields.push(...cors.fieldsFor(request.header('origin')));
    if (exchange.house.isClosing || leavesBodyUnread(exchange)) response.shouldKeepAlive = false;
    response.writeHead(head.status, fields);
    // Head and first bytes mostly come together and leave together; where nothing follows, the head goes alone.
    process.nextTick(flushHead, exchange);
  }

  onBody(bytes: Buffer): boolean {
    const { exchange } = this;
    exchange.bytesOut += bytes.length;
    if (bytes.length === this.#contentLength && bytes.length <= worthJoining) {
      // node:http joins the head with a string, but not with a buffer: one write to the socket instead of two pieces.
      this.#whole = bytes.toString('latin1');
      return true;
    }
    const isTaken = exchange.response.write(bytes);
    if (!isTaken) exchange.response.once('drain', () => this.#carrier?.resume(this));
    return isTaken;
  }

  onEnd(trailers: Fields): void {
    const { exchange } = this;
    const { response } = exchange;
    this.release();
    if (trailers.length > 0) response.addTrailers(clientTrailers(trailers));
    const isCutShort = leavesBodyUnread(exchange);
    if (this.#whole !== undefined && isCutShort) response.write(this.#whole, 'latin1');
    if (isCutShort) endAfterBody(exchange);
    else if (this.#whole !== undefined) response.end(this.#whole, 'latin1');
    else response.end();
  }

  onError(error: Error): void {
    const { exchange } = this;
    this.release();
    if (exchange.isOver) return;
    const retry = this.#retry;
    if (retry !== undefined && isStaleConnection(error)) retry();
    else refuse(exchange, upstreamFailure(error));
  }

  /** An upgrade has a listener of its own. */
  onSwitch(_head: ResponseHead, socket: Socket): void {
    socket.destroy();
  }

  /** There is nothing left to cancel. */
  protected release(): void {
    this.#carrier = undefined;
    this.#unwatch?.();
  }

  /** An answer that does not say how long it is may go on for hours. */
  #watch(): void {
    const { exchange, api, request } = this;
    const { access, clock, reviews } = exchange.house;
    this.#unwatch = reviews.watch({
      judge: () => access.review(api.protected, request, clock()),
      end: (rejected) => refuse(exchange, rejected),
    });
  }

  /** RFC 9110 section 15.2: interim answers are passed on, but not to a client that cannot know them. */
  #inform(head: ResponseHead): void {
    const { incoming, response } = this.exchange;
    if (head.status === 100 || incoming.httpVersionMinor === 0) return;
    response.writeInformation(head.status, clientFields(head, false));
  }

  /** The client is gone, or has all: whatever the upstream still sends is for nobody. */
  #leave(): void {
    this.#carrier?.cancel(this);
    this.release();
  }
}

function flushHead({ response, bytesOut }: Exchange): void {
  if (bytesOut === 0 && !response.writableEnded && !response.destroyed) response.flushHeaders();
}
