import { isJsonObject } from '../base/json.ts';
import { type HttpResponse, jsonDocument } from '../net/index.ts';
import { type EndpointFailure, type IntrospectionFailureCode, introspectionFailure } from './introspection-failure.ts';

/** What a status other than 200 means. It is no verdict on the token: RFC 7662 section 2.2 has `active` for that. */
export function refusedStatus(response: HttpResponse): EndpointFailure | undefined {
  const { status } = response;
  if (status === 200) return undefined;
  const error = errorCodeOf(response);
  return introspectionFailure(codeOf(status), { status, error, retryAfter: retryAfterOf(response) });
}

/** RFC 9110 section 10.2.3, in seconds; a date or more than a minute is not passed on. */
function retryAfterOf({ headers }: HttpResponse): number | undefined {
  const seconds = headers['retry-after'] ?? '';
  return /^\d{1,4}$/.test(seconds) ? Math.min(Math.max(Number(seconds), 1), 60) : undefined;
}

function codeOf(status: number): IntrospectionFailureCode {
  // RFC 7662 section 2.3: 401 where our credentials are not good; many servers say 403 where they do not suffice.
  if (status === 401 || status === 403) return 'credentials_refused';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'server_error' : 'status_unexpected';
}

/** RFC 6749 section 5.2 and RFC 6750 section 3.1. Of a peer's text only what is known may be told. */
const errorCodes: readonly unknown[] = [
  'invalid_client',
  'invalid_request',
  'invalid_token',
  'insufficient_scope',
  'unauthorized_client',
  'unsupported_token_type',
  'access_denied',
  'server_error',
  'temporarily_unavailable',
];

/** `error` of a JSON body, where it is one of the standards'. */
export function errorCodeOf(response: HttpResponse): string | undefined {
  const document = jsonDocument(response);
  if (!document.ok || !isJsonObject(document.value.value)) return undefined;
  const error = document.value.value['error'];
  return typeof error === 'string' && errorCodes.includes(error) ? error : undefined;
}
