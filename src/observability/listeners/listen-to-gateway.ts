import type { DestinationStream, Logger } from 'pino';
import { connectionRefused, type RequestFinished, requestFinished, tunnelClosed } from '../../gateway/index.ts';
import { kindOf, type Rejection } from '../../protocol/rejection.ts';
import { countRequests } from '../count-requests.ts';
import { isoNow } from '../iso-time.ts';
import type { LogLevel } from '../logger.ts';
import { membersOf, requestLine } from '../request-line.ts';
import type { Listener } from './listener.ts';

/** One line and one count for each request. */
export const listenToGateway: Listener = (logger, metrics, stream) => [
  requestFinished.listen(countRequests(metrics)),
  requestFinished.listen(logRequests(logger, stream)),
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

function logRequests(logger: Logger, stream: DestinationStream): (request: RequestFinished) => void {
  const bound = membersOf(logger.bindings());
  return (request) => {
    const level = levelOf(request);
    if (logger.isLevelEnabled(level)) stream.write(requestLine(level, isoNow(), bound, request));
  };
}

/**
 * What failed on our side or upstream is for the operator to see; what was refused, to look into. With 501 (RFC 9110
 * section 15.6.2) it is the client that asked for what there is not: it shall not be able to raise an alarm.
 */
function levelOf({ status, rejection }: RequestFinished): Exclude<LogLevel, 'silent'> {
  if (status !== undefined && status >= 500 && status !== 501) return 'error';
  return rejection === undefined ? 'info' : 'warn';
}

function refusalOf(rejection: Rejection): object {
  return { code: rejection.code, check: kindOf(rejection).check, facts: rejection.facts };
}
