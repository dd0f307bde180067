import * as oauth from 'oauth4webapi';
import { FederationFailure, type FederationFailureCode } from './federation-failure.ts';

/**
 * Runs a step; what goes wrong in it becomes a failure of this code.
 *
 * @param secrets what the peer is sent and may repeat, and nobody else is to read
 * @throws FederationFailure
 */
export async function step<Result>(
  code: FederationFailureCode,
  work: () => Result | Promise<Result>,
  secrets: readonly string[] = [],
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FederationFailure ? error : failureOfError(code, error, secrets);
  }
}

function failureOfError(code: FederationFailureCode, error: unknown, secrets: readonly string[]): FederationFailure {
  if (error instanceof oauth.AuthorizationResponseError) {
    return new FederationFailure(ofAuthorization(error.error), told(error, secrets));
  }
  if (error instanceof oauth.ResponseBodyError) {
    const isCode = error.error === 'invalid_grant';
    return new FederationFailure(isCode ? 'code_refused' : 'client_refused', told(error, secrets));
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    const refused = code === 'userinfo_unfit' ? code : 'client_refused';
    return new FederationFailure(refused, `the endpoint answered ${error.status} with a challenge`);
  }
  if (error instanceof oauth.OperationProcessingError && noAnswer.has(error.code ?? '')) {
    return new FederationFailure('issuer_unavailable', error.message);
  }
  const claim = claimOf(error);
  if (claim === 'auth_time') return new FederationFailure('sign_in_too_old', messageOf(error));
  return new FederationFailure(code, claim === undefined ? messageOf(error) : `${messageOf(error)} (${claim})`);
}

/** What came is an error page or the like. */
const noAnswer: ReadonlySet<string> = new Set([
  oauth.RESPONSE_IS_NOT_CONFORM,
  oauth.RESPONSE_IS_NOT_JSON,
  oauth.PARSE_ERROR,
]);

/** OpenID Connect Core section 3.1.2.6, RFC 6749 section 4.1.2.1 */
const byThePerson = /^(access_denied|(login|interaction|consent|account_selection)_required)$/;

function ofAuthorization(error: string): FederationFailureCode {
  if (byThePerson.test(error)) return 'person_not_signed_in';
  return /^(server_error|temporarily_unavailable)$/.test(error) ? 'issuer_unavailable' : 'client_refused';
}

interface PeersWords {
  readonly error: string;
  readonly error_description?: string | undefined;
}

/** The peer's own words, cut to what a log can bear. */
function told({ error, error_description: description }: PeersWords, secrets: readonly string[]): string {
  const quote = (text: string, length: number) =>
    repeats(text, secrets) ? '[what it was sent]' : printable(text, length);
  return `the issuer says ${quote(error, 60)}${description === undefined ? '' : `: ${quote(description, 300)}`}`;
}

/** As it was sent, or as forms and URLs have it. */
function repeats(text: string, secrets: readonly string[]): boolean {
  const decoded = new URLSearchParams(`text=${text.replaceAll('&', '%26')}`).get('text') ?? '';
  return secrets.some((secret) => text.includes(secret) || decoded.includes(secret));
}

function printable(text: string, length: number): string {
  return text.slice(0, length).replace(/[^\x20-\x7e]/g, '?');
}

/** The library's messages are constant; what they are about stands in the cause, which may hold tokens. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}

function claimOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null || !('claim' in cause)) return undefined;
  return String(cause.claim);
}
