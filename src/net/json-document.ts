import { type ParsedJson, parsePublishedJson, parseStrictJson } from '../base/strict-json.ts';
import type { HttpResponse, JsonDocument } from './http-client.ts';
import { netFailure } from './net-failure.ts';
import { type NetResult, netFailed, netSuccess } from './net-result.ts';

/** Reads a response as JSON that can be read in one way only: an answer, to be acted upon. */
export function jsonDocument(response: HttpResponse): NetResult<JsonDocument> {
  return documentOf(response, parseStrictJson);
}

/** Reads a response as JSON that its owner publishes for everybody. */
export function publishedDocument(response: HttpResponse): NetResult<JsonDocument> {
  return documentOf(response, parsePublishedJson);
}

/**
 * A media type that is plainly another one (HTML, most often) is refused by name; one that says nothing (none,
 * `text/plain`, `application/octet-stream`, as static hosting sends) leaves it to the parser.
 */
function documentOf(response: HttpResponse, parse: (bytes: Buffer) => ParsedJson): NetResult<JsonDocument> {
  const { headers, body } = response;
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!mayBeJson(mediaType)) return netFailed(netFailure('not_json', { mediaType }));
  if (encoding !== 'identity') return netFailed(netFailure('answer_encoded', { encoding }));
  const parsed = parse(body);
  if (parsed.ok) return netSuccess({ value: parsed.value, response });
  const { fault } = parsed;
  const code = fault === 'not JSON' || fault === 'not UTF-8' ? 'not_json' : 'json_unsafe';
  return netFailed(netFailure(code, { mediaType, reason: fault }));
}

function mayBeJson(mediaType: string): boolean {
  return /^(|text\/plain|text\/json|application\/octet-stream|application\/([\w.-]+\+)?json)$/.test(mediaType);
}
