import { kindOf, type Rejection } from './rejection.ts';

export interface RefusalResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The one place that turns a rejection into bytes: the public half only.
 * The challenge is RFC 6750 section 3, the body RFC 9457.
 */
export function refusalResponse(rejected: Rejection, requestId: string, realm: string): RefusalResponse {
  const kind = kindOf(rejected);
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
  if (kind.status === 401 || kind.error !== undefined) headers['www-authenticate'] = challenge(rejected, realm);
  if (rejected.retryAfter !== undefined) headers['retry-after'] = String(rejected.retryAfter);
  const body = JSON.stringify({
    type: `urn:gatehouse:rejection:${rejected.code}`,
    title: kind.title,
    status: kind.status,
    code: rejected.code,
    check: kind.check,
    request_id: requestId,
    ...(rejected.scope === undefined ? {} : { scope: rejected.scope.join(' ') }),
  });
  return { status: kind.status, headers, body: `${body}\n` };
}

/**
 * RFC 6750 section 3.1: "If the request lacks any authentication information ... the resource server SHOULD NOT
 * include an error code or other error information."
 */
function challenge(rejected: Rejection, realm: string): string {
  const kind = kindOf(rejected);
  const parameters = [`realm="${quotable(realm)}"`];
  if (kind.error !== undefined) {
    parameters.push(`error="${kind.error}"`, `error_description="${quotable(kind.title)}"`);
  }
  if (rejected.scope !== undefined) parameters.push(`scope="${quotable(rejected.scope.join(' '))}"`);
  return `Bearer ${parameters.join(', ')}`;
}

/** RFC 6750 section 3: values must stay within %x20-21 / %x23-5B / %x5D-7E. */
function quotable(text: string): string {
  return text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');
}
