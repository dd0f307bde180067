import * as oauth from 'oauth4webapi';
import { FederationFailure, type FederationFailureCode } from './federation-failure.ts';

/**
 * Runs a step; what goes wrong in it becomes a failure of this code.
 *
 * @throws FederationFailure
 */
export async function step<Result>(code: FederationFailureCode, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FederationFailure ? error : failureOfError(code, error);
  }
}

function failureOfError(code: FederationFailureCode, error: unknown): FederationFailure {
  if (error instanceof oauth.AuthorizationResponseError) {
    return new FederationFailure(ofAuthorization(error.error), told(error.error, error.error_description));
  }
  if (error instanceof oauth.ResponseBodyError) {
    const isCode = error.error === 'invalid_grant';
    return new FederationFailure(
      isCode ? 'code_refused' : 'client_refused',
      told(error.error, error.error_description),
    );
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

/** The peer's own words, cut to what a log can bear. */
function told(error: string, description: string | undefined): string {
  return `the issuer says ${printable(error, 60)}${description === undefined ? '' : `: ${printable(description, 300)}`}`;
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
