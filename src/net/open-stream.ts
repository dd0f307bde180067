import type { Dispatcher } from 'undici';
import { startDeadline } from './deadline.ts';
import { requestOptions } from './exchange.ts';
import { failureOfError } from './failure-of-error.ts';
import { flattenHeaders } from './flatten-headers.ts';
import type { HttpStream, HttpStreamRequest } from './http-client.ts';
import { type NetFailure, netFailure } from './net-failure.ts';
import { type NetResult, netFailed, netSuccess } from './net-result.ts';

type Body = Dispatcher.ResponseData['body'];

export interface StreamLimits {
  /** Milliseconds until the headers of the answer are there. */
  readonly timeout: number;
  readonly userAgent: string;
  /** Puts the place of the request to a failure. */
  explain(failure: NetFailure): NetFailure;
}

/**
 * One request whose answer goes on and on. Only a 200 has pieces; of anything else the connection is given up.
 *
 * @throws NetRefusal, or an error of undici, until the headers are there; then the last piece is the failure
 */
export async function openStream(
  dispatcher: Dispatcher,
  url: URL,
  request: HttpStreamRequest,
  limits: StreamLimits,
): Promise<HttpStream> {
  const deadline = startDeadline(limits.timeout, 'total');
  try {
    const options = requestOptions(url, request, limits.userAgent, deadline.signal);
    // Silence is measured here, to the millisecond; the library counts in seconds.
    const { statusCode, headers, body } = await dispatcher.request({ ...options, bodyTimeout: 0 });
    const isWanted = statusCode === 200;
    if (!isWanted) discard(body);
    const pieces = isWanted ? readPieces(body, request, limits) : nothing();
    return { status: statusCode, headers: flattenHeaders(headers), pieces };
  } finally {
    deadline.clear();
  }
}

async function* readPieces(
  body: Body,
  { idleTimeout, signal }: HttpStreamRequest,
  { explain }: StreamLimits,
): AsyncGenerator<NetResult<Buffer>> {
  const pieces = body.iterator({ destroyOnReturn: true }) as AsyncIterator<Buffer>;
  try {
    for (;;) {
      const piece = await nextWithin(idleTimeout, pieces, body);
      if (piece.done === true) return;
      yield netSuccess(piece.value);
    }
  } catch (error) {
    const failure = signal?.aborted === true ? netFailure('aborted', {}) : failureOfError(error);
    yield netFailed(explain(failure));
  } finally {
    discard(body);
  }
}

/** The time in which the reader is busy with the piece before does not count. */
async function nextWithin(
  milliseconds: number,
  pieces: AsyncIterator<Buffer>,
  body: Body,
): Promise<IteratorResult<Buffer, unknown>> {
  const deadline = startDeadline(milliseconds, 'body');
  const end = (): void => void body.destroy(deadline.signal.reason as Error);
  deadline.signal.addEventListener('abort', end, { once: true });
  try {
    return await pieces.next();
  } finally {
    deadline.clear();
  }
}

/** Closes the connection. An error that comes of that is expected. */
function discard(body: Body): void {
  body.on('error', () => undefined).destroy();
}

async function* nothing(): AsyncGenerator<NetResult<Buffer>> {}
