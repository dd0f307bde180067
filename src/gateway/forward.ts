import { rejection } from '../protocol/rejection.ts';
import type { Exchange } from './exchange.ts';
import type { InboundRequest } from './inbound-request.ts';
import { refuse } from './refuse.ts';
import { requestBody } from './request-body.ts';
import { upstreamFieldLines } from './request-headers.ts';
import type { ServedApi } from './served-api.ts';
import type { Spend } from './spend.ts';
import type { UpstreamRequest } from './upstream/index.ts';
import { UpstreamAnswer } from './upstream-answer.ts';

/** Sends the request on, and its answer back. */
export const forward: Spend = (exchange, api, request, granted) => {
  const length = request.head.contentLength ?? 0;
  if (length > api.maxBodyBytes) {
    refuse(exchange, rejection('body_too_large', { length }));
    return;
  }
  const identity = api.identity.linesFor(granted, exchange.house.clock());
  const dispatched = upstreamRequest(exchange, api, request, identity);
  exchange.isReadingBody = request.hasBody;
  if (request.head.expectsContinue) exchange.answer.inform(100, '');
  const again = maySendAgain(request) ? dispatched : undefined;
  api.pool.dispatch(dispatched, new UpstreamAnswer(exchange, api, request, again));
};

export function upstreamRequest(
  exchange: Exchange,
  api: ServedApi,
  request: InboundRequest,
  identity: string,
): UpstreamRequest {
  const { basePath, preservesHost, firstByteMs, idleMs } = api.upstream;
  return {
    method: request.method,
    target: basePath + (request.query === '' ? request.path : `${request.path}?${request.query}`),
    host: preservesHost ? request.head.host : undefined,
    fieldLines: upstreamFieldLines(exchange, api, request, identity),
    body: exchange.body === undefined ? undefined : requestBody(exchange, exchange.body, api.maxBodyBytes),
    contentLength: request.head.contentLength,
    isUpgrade: exchange.face === 'upgrade',
    firstByteMs,
    silenceMs: idleMs,
  };
}

/** RFC 9110 section 9.2.2: what is safe and has no body may be sent again where the first try was not answered. */
function maySendAgain({ method, hasBody }: InboundRequest): boolean {
  return (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') && !hasBody;
}
