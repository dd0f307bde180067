import { rejection } from '../protocol/rejection.ts';
import type { Exchange } from './exchange.ts';
import type { InboundRequest } from './inbound-request.ts';
import { refuse } from './refuse.ts';
import { requestBody } from './request-body.ts';
import { upstreamFields } from './request-headers.ts';
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
  const identity = api.identity.fieldsFor(granted, exchange.house.clock());
  const dispatched = upstreamRequest(exchange, api, request, identity);
  exchange.isReadingBody = request.hasBody;
  if (exchange.expectsContinue) exchange.response.writeContinue();
  api.pool.dispatch(
    dispatched,
    new UpstreamAnswer(exchange, api, request, retryOf(exchange, api, request, dispatched)),
  );
};

export function upstreamRequest(
  exchange: Exchange,
  api: ServedApi,
  request: InboundRequest,
  identity: readonly string[],
): UpstreamRequest {
  const { basePath, preservesHost, firstByteMs, idleMs } = api.upstream;
  return {
    method: request.method,
    target: basePath + (request.query === '' ? request.path : `${request.path}?${request.query}`),
    host: preservesHost ? request.head.host : undefined,
    fields: upstreamFields(exchange, api, request, identity),
    body: request.hasBody ? requestBody(exchange, api.maxBodyBytes) : undefined,
    contentLength: request.head.contentLength,
    isUpgrade: exchange.face === 'upgrade',
    firstByteMs,
    silenceMs: idleMs,
  };
}

/** RFC 9110 section 9.2.2: what is safe and has no body may be sent again where the first try was not answered. */
function retryOf(
  exchange: Exchange,
  api: ServedApi,
  request: InboundRequest,
  dispatched: UpstreamRequest,
): (() => void) | undefined {
  const isSafe = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
  if (!isSafe || request.hasBody) return undefined;
  return () => api.pool.dispatch(dispatched, new UpstreamAnswer(exchange, api, request));
}
