import { parseStrictJson } from '../base/strict-json.ts';
import type { HttpResponse, JsonDocument } from './http-client.ts';
import { netFailure } from './net-failure.ts';
import { type NetResult, netFailed, netSuccess } from './net-result.ts';

/**
 * Reads a response as JSON. A media type that is plainly another one (HTML, most often) is refused by name; one that
 * says nothing (none, `text/plain`, `application/octet-stream`, as static hosting sends) leaves it to the parser.
 */
export function jsonDocument(response: HttpResponse): NetResult<JsonDocument> {
  const mediaType = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const encoding = response.headers['content-encoding'];
  if (!mayBeJson(mediaType) || (encoding !== undefined && encoding !== 'identity')) {
    return netFailed(netFailure('not_json', { mediaType, encoding: encoding ?? null }));
  }
  const parsed = parseStrictJson(response.body);
  if (!parsed.ok) return netFailed(netFailure('not_json', { mediaType, reason: parsed.fault }));
  return netSuccess({ value: parsed.value, response });
}

function mayBeJson(mediaType: string): boolean {
  return /^(|text\/plain|text\/json|application\/octet-stream|application\/([\w.-]+\+)?json)$/.test(mediaType);
}
