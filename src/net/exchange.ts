import type { Dispatcher } from 'undici';
import { startDeadline } from './deadline.ts';
import { flattenHeaders } from './flatten-headers.ts';
import type { HttpRequest, HttpResponse } from './http-client.ts';
import { netFailure } from './net-failure.ts';
import { NetRefusal } from './net-refusal.ts';

export interface ExchangeLimits {
  /** Milliseconds, for the whole exchange. */
  readonly timeout: number;
  readonly maxBytes: number;
  readonly userAgent: string;
}

/**
 * One request and its whole answer.
 *
 * @throws NetRefusal, or an error of undici
 */
export async function exchange(
  dispatcher: Dispatcher,
  url: URL,
  request: HttpRequest,
  limits: ExchangeLimits,
): Promise<HttpResponse> {
  const deadline = startDeadline(limits.timeout, 'total');
  try {
    const answer = await dispatcher.request(requestOptions(url, request, limits.userAgent, deadline.signal));
    const body = await readBounded(answer.body, limits.maxBytes);
    return { status: answer.statusCode, headers: flattenHeaders(answer.headers), body };
  } finally {
    deadline.clear();
  }
}

/** @param deadline aborted when the time is over */
export function requestOptions(
  url: URL,
  { method = 'GET', headers, body, signal }: HttpRequest,
  userAgent: string,
  deadline: AbortSignal,
): Dispatcher.RequestOptions {
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers: { ...headers, 'user-agent': userAgent, 'accept-encoding': 'identity' },
    body: body ?? null,
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
  };
}

async function readBounded(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the body, and with it the connection.
    if (size > maxBytes) throw new NetRefusal(netFailure('too_large', { part: 'body', limit: maxBytes }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
