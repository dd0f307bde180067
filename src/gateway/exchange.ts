import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EpochMs } from '../base/clock.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Rejection } from '../protocol/rejection.ts';
import { type Face, requestFinished } from './channels.ts';
import { type Connection, connectionOf } from './connection.ts';
import type { Generation } from './generation.ts';
import type { House } from './house.ts';
import type { InboundRequest } from './inbound-request.ts';
import { isSaneRequestId, nextRequestId } from './request-id.ts';
import type { ServedApi } from './served-api.ts';

/** One request and its answer, and what becomes known of them on the way. */
export class Exchange {
  readonly house: House;
  readonly generation: Generation;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
  /** Whether the peer may say whom it speaks for. */
  readonly isTrusted: boolean;
  readonly startedAt: EpochMs;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
  face: Face;
  id: string = nextRequestId();
  request: InboundRequest | undefined;
  api: ServedApi | undefined;
  principal: Principal | undefined;
  rejection: Rejection | undefined;
  upstreamMs: number | undefined;
  bytesIn = 0;
  bytesOut = 0;
  isAborted = false;
  /** The body is being read for the upstream; whatever is left of it when the answer ends was not wanted. */
  isReadingBody = false;
  /** The socket has left HTTP behind; it lives on as one end of a tunnel. */
  isUpgraded = false;
  /** Called once, when there is nobody left to answer: what is still under way for this exchange can stop. */
  whenOver: (() => void) | undefined;
  #isOver = false;

  constructor(house: House, incoming: IncomingMessage, response: ServerResponse, face: Face, expectsContinue = false) {
    this.house = house;
    this.generation = house.generation;
    this.incoming = incoming;
    this.response = response;
    this.connection = connectionOf(incoming.socket);
    this.isTrusted = this.connection.isTrustedBy(this.generation);
    this.startedAt = house.clock();
    this.face = face;
    this.expectsContinue = expectsContinue;
    this.generation.enter();
    this.connection.underWay++;
    latest.set(incoming.socket, this);
    response.on('close', () => this.finish());
  }

  /** Whether there is nobody left to answer. */
  get isOver(): boolean {
    return this.#isOver || this.incoming.socket.destroyed;
  }

  /** From here on it is known what was asked, and so what a trusted proxy calls it. */
  identify(request: InboundRequest): void {
    this.request = request;
    if (!this.isTrusted) return;
    const given = request.header('x-request-id');
    if (given !== undefined && isSaneRequestId(given)) this.id = given;
  }

  finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.whenOver?.();
    this.generation.leave();
    this.connection.underWay--;
    this.#announce();
    if (this.house.isClosing && !this.isUpgraded) this.incoming.socket.destroySoon();
  }

  #announce(): void {
    const { request, principal, response, isUpgraded } = this;
    requestFinished.announce({
      requestId: this.id,
      face: this.face,
      peer: this.connection.address,
      method: request?.method ?? this.incoming.method ?? '',
      host: request?.host,
      path: request?.path,
      api: this.api?.name,
      status: isUpgraded ? 101 : response.headersSent ? response.statusCode : undefined,
      isAborted: this.isAborted || !(isUpgraded || response.writableFinished),
      durationMs: this.house.clock() - this.startedAt,
      upstreamMs: this.upstreamMs,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
      rejection: this.rejection,
      caller: principal,
    });
  }
}

const latest = new WeakMap<Socket, Exchange>();

/** The last request that came over a connection, whether it is over or not. */
export function latestExchange(socket: Socket): Exchange | undefined {
  return latest.get(socket);
}
