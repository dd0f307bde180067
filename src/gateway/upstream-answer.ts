import type { Socket } from 'node:net';
import { leavesBodyUnread } from './answer.ts';
import { dateLine } from './date-line.ts';
import type { Exchange, FollowUp } from './exchange.ts';
import type { HeaderName } from './header-name.ts';
import { type Fields, writeFieldLines } from './http1/field-lines.ts';
import type { InboundRequest } from './inbound-request.ts';
import { refuse } from './refuse.ts';
import { clientFieldLines, clientTrailers } from './response-headers.ts';
import type { ServedApi } from './served-api.ts';
import type { Carrier, ResponseHead, UpstreamListener, UpstreamRequest } from './upstream/index.ts';
import { isStaleConnection, upstreamFailure } from './upstream-failure.ts';

/** Passes an upstream's answer on to the client as it comes in, no faster than the client takes it. */
export class UpstreamAnswer implements UpstreamListener, FollowUp {
  protected readonly exchange: Exchange;
  protected readonly api: ServedApi;
  protected readonly request: InboundRequest;
  /** The request, until it must not be sent once more. */
  #again: UpstreamRequest | undefined;
  #carrier: Carrier | undefined;
  #sentAt = 0;
  #unwatch: (() => void) | undefined;

  /** @param again the request, where it may be sent once more */
  constructor(exchange: Exchange, api: ServedApi, request: InboundRequest, again?: UpstreamRequest) {
    this.exchange = exchange;
    this.api = api;
    this.request = request;
    this.#again = again;
    exchange.followUp = this;
  }

  onSend(carrier: Carrier): void {
    this.#sentAt = this.exchange.house.clock();
    this.#carrier = carrier;
    if (this.exchange.isOver) carrier.cancel(this);
  }

  onFirstByte(): void {
    this.#again = undefined;
    this.exchange.upstreamMs = this.exchange.house.clock() - this.#sentAt;
  }

  onHead(head: ResponseHead): void {
    if (head.status < 200) {
      this.#inform(head);
      return;
    }
    const { exchange, request } = this;
    const { answer, house } = exchange;
    const { cors } = this.api;
    const { status, framing } = head;
    if (framing === 'chunked' || framing === 'until-close') this.#watch();
    if (house.isClosing || leavesBodyUnread(exchange)) answer.isKept = false;
    const own = cors === undefined ? '' : writeFieldLines(cors.fieldsFor(request.header('origin')));
    const date = head.names.some(isDate) ? '' : dateLine(house.clock());
    const passed = clientFieldLines(head, cors !== undefined);
    answer.begin(status, `${passed}x-request-id: ${exchange.id}\r\n${own}${date}`, framing);
  }

  onBody(bytes: Buffer): void {
    this.exchange.bytesOut += bytes.length;
    this.exchange.answer.write(bytes);
  }

  onPause(): boolean {
    return this.exchange.answer.flush();
  }

  onEnd(trailers: Fields): void {
    this.release();
    const { answer } = this.exchange;
    if (trailers.length > 0) answer.end(clientTrailers(trailers));
    else answer.end();
  }

  onError(error: Error): void {
    const { exchange, api, request } = this;
    this.release();
    if (exchange.isOver) return;
    const again = this.#again;
    if (again === undefined || !isStaleConnection(error)) refuse(exchange, upstreamFailure(error));
    else api.pool.dispatch(again, new UpstreamAnswer(exchange, api, request));
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

  /** RFC 9110 section 15.2: interim answers are passed on; our own `100` has been sent already. */
  #inform(head: ResponseHead): void {
    if (head.status !== 100) this.exchange.answer.inform(head.status, clientFieldLines(head, false));
  }

  onDrain(): void {
    this.#carrier?.resume(this);
  }

  /** The client is gone, or has all: whatever the upstream still sends is for nobody. */
  onOver(): void {
    this.#carrier?.cancel(this);
    this.release();
  }
}

/** RFC 9110 section 6.6.1: whoever passes on an answer without a date says when it came. */
function isDate({ lower }: HeaderName): boolean {
  return lower === 'date';
}
