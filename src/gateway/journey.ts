import type { Decision } from '../access/index.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { answer } from './answer.ts';
import { answerDecision } from './answer-decision.ts';
import type { Exchange } from './exchange.ts';
import { type InboundRequest, readRequest } from './inbound-request.ts';
import { readOriginalRequest } from './original-request.ts';
import { refuse, refuseUnforeseen } from './refuse.ts';
import type { ServedApi } from './served-api.ts';
import type { Spend } from './spend.ts';

/** A request's way through the gateway: read, route, decide, spend. Every way out is an answer. */
export function travel(exchange: Exchange, spend: Spend): void {
  try {
    const refused = setOut(exchange, spend);
    if (refused !== undefined) refuse(exchange, refused);
  } catch (error) {
    refuseUnforeseen(exchange, error);
  }
}

function setOut(exchange: Exchange, spend: Spend): Rejection | undefined {
  if (exchange.house.isClosing) return rejection('shutting_down');
  const read = readRequest(exchange.head, exchange.generation.limits, exchange.isTrusted); //              1. read
  if (!read.ok) return read.rejection;
  exchange.identify(read.value);
  if (!asksForDecision(exchange, read.value)) return goOn(exchange, read.value, spend);
  exchange.face = 'decide';
  const original = readOriginalRequest(exchange, read.value);
  return original.ok ? goOn(exchange, original.value, answerDecision) : original.rejection;
}

function goOn(exchange: Exchange, request: InboundRequest, spend: Spend): Rejection | undefined {
  exchange.request = request;
  const api = exchange.generation.router.find(request.host, request.path); //                              2. route
  if (api === undefined) return rejection('route_unknown');
  exchange.api = api;
  const preflight = exchange.face === 'forward' ? api.cors?.preflight(request) : undefined;
  if (preflight === undefined) decide(exchange, api, request, spend);
  else answer(exchange, 204, preflight, '');
  return undefined;
}

function decide(exchange: Exchange, api: ServedApi, request: InboundRequest, spend: Spend): void {
  const { access, clock } = exchange.house;
  const decision = access.decide(api.protected, request, clock()); //                                     3. decide
  const conclude = (settled: Decision): void => {
    exchange.principal = settled.principal;
    if (exchange.isOver) return; // The client left while its issuer was being asked.
    if (settled.granted)
      spend(exchange, api, request, settled); //                                        4. spend
    else refuse(exchange, settled.rejection);
  };
  if (!(decision instanceof Promise)) conclude(decision);
  else decision.then(conclude).catch((error: unknown) => refuseUnforeseen(exchange, error));
}

function asksForDecision({ generation }: Exchange, request: InboundRequest): boolean {
  const { decisionPath } = generation;
  return request.path === decisionPath || request.path.startsWith(`${decisionPath}/`);
}
