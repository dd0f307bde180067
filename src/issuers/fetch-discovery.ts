import type { HttpClient, HttpRequest, NetFailure } from '../net/index.ts';
import type { JsonObject } from '../protocol/claims.ts';
import { documentFailed, type IssuerResult } from './issuer-failure.ts';
import { isObject } from './json-shape.ts';

export interface DiscoveryDocument {
  readonly url: string;
  readonly document: JsonObject;
}

/** Milliseconds for one document; there are two to be fetched while a request waits. */
export const documentTimeout = 5_000;

/**
 * The first document that is there.
 *
 * @param urls where it may be, in this order; at least one
 */
export async function fetchDiscovery(
  http: HttpClient,
  urls: readonly string[],
  request: Pick<HttpRequest, 'signal' | 'namedBy'>,
): Promise<IssuerResult<DiscoveryDocument>> {
  let missing: NetFailure | undefined;
  for (const url of urls) {
    const answer = await http.getJson({ ...request, url, timeout: documentTimeout });
    if (answer.ok) {
      const document = answer.value.value;
      return isObject(document)
        ? { ok: true, value: { url, document } }
        : documentFailed('discovery_malformed', { url });
    }
    if (!isMissing(answer.failure)) return answer;
    missing ??= answer.failure;
  }
  return missing === undefined ? documentFailed('discovery_without_keys', {}) : { ok: false, failure: missing };
}

/** Not at this well-known place. A page, or the way to one, is what many servers give instead of 404. */
function isMissing({ code, facts }: NetFailure): boolean {
  if (code === 'http_status') return Number(facts['status']) < 500;
  return code === 'not_json' || code === 'redirect';
}
