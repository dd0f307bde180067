import type { Dispatcher } from 'undici';
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
  const deadline = startDeadline(limits.timeout);
  try {
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method ?? 'GET',
      headers: { ...request.headers, 'user-agent': limits.userAgent, 'accept-encoding': 'identity' },
      body: request.body ?? null,
      signal: request.signal === undefined ? deadline.signal : AbortSignal.any([request.signal, deadline.signal]),
    });
    const body = await readBounded(answer.body, limits.maxBytes);
    return { status: answer.statusCode, headers: flatten(answer.headers), body };
  } finally {
    deadline.clear();
  }
}

/** undici's own time-outs are each for a phase, and a peer that drips one byte at a time outwits them. */
function startDeadline(timeout: number): { signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new NetRefusal(netFailure('timeout', { phase: 'total', milliseconds: timeout })));
  }, timeout);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
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

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
