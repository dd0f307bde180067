import { type Rejection, rejection } from '../protocol/rejection.ts';
import { BodyUnreadable } from './downstream/index.ts';

/** The request's body is larger than its API takes; how much larger is not known. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

const timeouts: ReadonlySet<string> = new Set(['connect_timeout', 'answer_timeout', 'silence_timeout', 'ETIMEDOUT']);

/** The connection stood, and what came over it (or did not) was no answer that can be passed on. */
const breaks = /^(?:closed|malformed|body_mismatch|ECONNRESET|EPIPE|ERR_HTTP_.*|ERR_INVALID_.*)$/;

/** What went wrong between us and the upstream, as a refusal. */
export function upstreamFailure(error: Error): Rejection {
  if (error instanceof BodyTooLarge) return rejection('body_too_large');
  if (error instanceof BodyUnreadable) return rejection('request_malformed', { reason: error.message });
  const code = codeOf(error);
  const facts = { error: code, reason: error.message };
  if (timeouts.has(code)) return rejection('upstream_timeout', facts);
  if (breaks.test(code)) return rejection('upstream_broken', facts);
  return rejection('upstream_unreachable', facts);
}

/**
 * Whether the upstream closed a kept connection just when we wrote to it: then it has seen nothing, and a request
 * that may be sent twice is sent again on a new one.
 */
export function isStaleConnection(error: Error): boolean {
  const code = codeOf(error);
  return code === 'closed' || code === 'ECONNRESET' || code === 'EPIPE';
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
