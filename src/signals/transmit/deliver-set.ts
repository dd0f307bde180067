import { isJsonObject } from '../../base/json.ts';
import { type HttpClient, type HttpResponse, jsonDocument } from '../../net/index.ts';
import { printable } from '../events/event-reason.ts';
import type { StreamOptions } from './stream.ts';

export type Delivery =
  | { readonly kind: 'delivered' }
  /** This very SET is not wanted: sending it again would change nothing. */
  | { readonly kind: 'refused'; readonly code: string; readonly facts: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly facts: Readonly<Record<string, unknown>>;
      /** Milliseconds, as far as the receiver says. */
      readonly retryAfter: number | undefined;
    };

/** Push-based delivery (RFC 8935 section 2). */
export async function deliverSet(
  set: string,
  { endpoint, token }: StreamOptions,
  http: HttpClient,
  signal: AbortSignal,
): Promise<Delivery> {
  const answer = await http.send({
    method: 'POST',
    url: endpoint,
    headers: {
      'content-type': 'application/secevent+jwt',
      accept: 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: set,
    maxBytes: 16 * 1024,
    signal,
  });
  if (!answer.ok) {
    const { code, facts } = answer.failure;
    return { kind: 'failed', code, facts, retryAfter: undefined };
  }
  return judge(answer.value);
}

/**
 * Section 2.4. Only `invalid_request` is about the SET itself; that the key, the issuer, the audience or our
 * credentials are not accepted is for people to mend, and until then nothing may be lost.
 */
function judge(response: HttpResponse): Delivery {
  const { status, headers } = response;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const { err, description } = errorOf(response);
  const facts = { status, ...(err !== undefined && { err }), ...(description !== undefined && { description }) };
  if (status === 400 && err === 'invalid_request') return { kind: 'refused', code: err, facts };
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  return { kind: 'failed', code: err ?? 'http_status', facts, retryAfter };
}

function errorOf(response: HttpResponse): { readonly err?: string; readonly description?: string } {
  const document = jsonDocument(response);
  if (!document.ok || !isJsonObject(document.value.value)) return {};
  const { err, description } = document.value.value;
  return {
    ...(typeof err === 'string' && { err: printable(err).slice(0, 64) }),
    ...(typeof description === 'string' && { description: printable(description) }),
  };
}
