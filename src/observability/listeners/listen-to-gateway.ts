import type { Logger } from 'pino';
import { connectionRefused, type RequestFinished, requestFinished, tunnelClosed } from '../../gateway/index.ts';
import { kindOf, type Rejection } from '../../protocol/rejection.ts';
import type { LogLevel } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Listener } from './listener.ts';

/** One line and one count for each request. */
export const listenToGateway: Listener = (logger, metrics) => [
  requestFinished.listen((request) => {
    count(metrics, request);
    log(logger, request);
  }),
  tunnelClosed.listen(({ requestId, api, durationMs, bytesIn, bytesOut, reason }) => {
    metrics.tunnels.inc({ api, reason });
    const traffic = { duration_ms: durationMs, bytes_in: bytesIn, bytes_out: bytesOut };
    logger.info({ request_id: requestId, api, ...traffic, reason }, 'tunnel closed');
  }),
  connectionRefused.listen(({ requestId, peer, rejection }) => {
    metrics.badConnections.inc({ code: rejection.code });
    logger.warn({ request_id: requestId, peer, ...refusalOf(rejection) }, 'connection refused');
  }),
];

function count(metrics: Metrics, request: RequestFinished): void {
  const { api = 'none', status, rejection } = request;
  const check = rejection === undefined ? 'none' : kindOf(rejection).check;
  metrics.requests.inc({ api, status: status ?? 'none', check, code: rejection?.code ?? 'none' });
  metrics.requestDuration.observe({ api }, request.durationMs / 1000);
  if (request.upstreamMs !== undefined) metrics.upstreamDuration.observe({ api }, request.upstreamMs / 1000);
  metrics.bytes.inc({ api, direction: 'in' }, request.bytesIn);
  metrics.bytes.inc({ api, direction: 'out' }, request.bytesOut);
}

function log(logger: Logger, request: RequestFinished): void {
  const level = levelOf(request);
  if (!logger.isLevelEnabled(level)) return;
  const { requestId, face, peer, method, host, path, api, status, caller, rejection } = request;
  logger[level](
    {
      request_id: requestId,
      ...{ face, peer, method, host, path, api, status },
      aborted: request.isAborted || undefined,
      duration_ms: request.durationMs,
      upstream_ms: request.upstreamMs,
      bytes_in: request.bytesIn,
      bytes_out: request.bytesOut,
      ...(caller === undefined ? {} : callerOf(caller)),
      ...(rejection === undefined ? {} : refusalOf(rejection)),
    },
    'request',
  );
}

/**
 * What failed on our side or upstream is for the operator to see; what was refused, to look into. With 501 (RFC 9110
 * section 15.6.2) it is the client that asked for what there is not: it shall not be able to raise an alarm.
 */
function levelOf({ status, rejection }: RequestFinished): Exclude<LogLevel, 'silent'> {
  if (status !== undefined && status >= 500 && status !== 501) return 'error';
  return rejection === undefined ? 'info' : 'warn';
}

function callerOf({ issuer, subject, client, consumer, tokenHash }: NonNullable<RequestFinished['caller']>): object {
  return { issuer, subject, client, consumer, token_hash: tokenHash };
}

function refusalOf(rejection: Rejection): object {
  return { code: rejection.code, check: kindOf(rejection).check, facts: rejection.facts };
}
