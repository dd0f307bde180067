import { parseStrictJson } from '../../base/strict-json.ts';
import type { HttpClient, HttpRequest, HttpResponse, NetFailure } from '../../net/index.ts';
import { FederationFailure } from './federation-failure.ts';

/** Bytes; no token answer, key set or userinfo is longer. */
const longestAnswer = 512 * 1024;

/** How the library asks for a request. */
export interface FetchOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the library calls in place of `fetch`. */
export type OutboundFetch = (url: string, options: FetchOptions) => Promise<Response>;

/**
 * Our one way out, with its bounds and without redirects, in the shape that the library wants. JSON that can be read in
 * two ways is no answer.
 *
 * @param namedBy who named the URLs that are asked
 * @returns a function that throws FederationFailure where there is no answer
 */
export function outboundFetch(http: HttpClient, namedBy: NonNullable<HttpRequest['namedBy']>): OutboundFetch {
  return async (url, { method, headers, body }) => {
    const request = { url, headers, namedBy, maxBytes: longestAnswer };
    const answer = await http.send(method === 'POST' ? { ...request, method, body: String(body) } : request);
    if (!answer.ok) throw unavailable(answer.failure);
    return responseOf(answer.value);
  };
}

/** @param url may be quoted: it holds origin and path alone */
export function unavailable({ title, remedy, facts }: NetFailure): FederationFailure {
  const url = facts['url'];
  const where = typeof url === 'string' ? `${url}: ` : '';
  return new FederationFailure('issuer_unavailable', where + title, remedy);
}

function responseOf({ status, headers, body }: HttpResponse): Response {
  const parsed = isJson(headers['content-type']) ? parseStrictJson(body) : undefined;
  if (parsed?.ok === false) {
    throw new FederationFailure('issuer_unavailable', `an answer of the issuer cannot be read: ${parsed.fault}`);
  }
  return new Response(isEmpty(status) ? null : new Uint8Array(body), { status, headers });
}

function isJson(contentType = ''): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType);
}

/** Statuses with which `Response` has no body (RFC 9110 sections 15.3.5 and 15.3.6). */
function isEmpty(status: number): boolean {
  return status === 204 || status === 205;
}
