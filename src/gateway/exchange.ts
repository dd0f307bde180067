import type { EpochMs } from '../base/clock.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Rejection } from '../protocol/rejection.ts';
import { type Face, requestFinished } from './channels.ts';
import type { AnswerListener, DownstreamAnswer, RequestBody, RequestHead } from './downstream/index.ts';
import type { Generation } from './generation.ts';
import type { House } from './house.ts';
import type { InboundRequest } from './inbound-request.ts';
import type { Peer } from './peer.ts';
import { isSaneRequestId, nextRequestId } from './request-id.ts';
import type { ServedApi } from './served-api.ts';

export interface FollowUp {
  /** The client takes more of the answer, after it did not. */
  onDrain(): void;
  /** There is nobody left to answer: whatever goes on can stop. Called once. */
  onOver(): void;
}

/** One request and its answer, and what becomes known of them on the way. */
export class Exchange implements AnswerListener {
  readonly house: House;
  readonly generation: Generation;
  readonly peer: Peer;
  readonly head: RequestHead;
  readonly body: RequestBody | undefined;
  readonly answer: DownstreamAnswer;
  /** Whether the peer may say whom it speaks for. */
  readonly isTrusted: boolean;
  readonly startedAt: EpochMs;
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
  /** What is under way upstream, and has to hear of the client. */
  followUp: FollowUp | undefined;
  #isOver = false;

  constructor(house: House, peer: Peer, head: RequestHead, body: RequestBody | undefined, answer: DownstreamAnswer) {
    this.house = house;
    this.generation = house.generation;
    this.peer = peer;
    this.head = head;
    this.body = body;
    this.answer = answer;
    this.isTrusted = peer.isTrustedBy(this.generation);
    this.startedAt = house.clock();
    this.face = head.asksForWebSocket ? 'upgrade' : 'forward';
    this.generation.enter();
    answer.listener = this;
  }

  /** Whether there is nobody left to answer. */
  get isOver(): boolean {
    return this.#isOver || this.answer.isGone;
  }

  /** From here on it is known what was asked, and so what a trusted proxy calls it. */
  identify(request: InboundRequest): void {
    this.request = request;
    if (!this.isTrusted) return;
    const given = request.header('x-request-id');
    if (given !== undefined && isSaneRequestId(given)) this.id = given;
  }

  onDrain(): void {
    this.followUp?.onDrain();
  }

  onOver(isComplete: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.isAborted ||= !isComplete;
    this.followUp?.onOver();
    this.generation.leave();
    this.#announce();
  }

  #announce(): void {
    const { request, isUpgraded } = this;
    requestFinished.announce({
      requestId: this.id,
      face: this.face,
      peer: this.peer.address,
      method: this.head.method,
      host: request?.host,
      path: request?.path,
      api: this.api?.name,
      status: isUpgraded ? 101 : this.answer.status,
      isAborted: this.isAborted,
      durationMs: this.house.clock() - this.startedAt,
      upstreamMs: this.upstreamMs,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
      rejection: this.rejection,
      caller: this.principal,
    });
  }
}
