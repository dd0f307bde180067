import { kindOf, type Rejection } from '../../protocol/rejection.ts';
import { errors } from '../engine/library.ts';
import type { ExchangeGrant } from '../exchange-rule.ts';
import type { ExchangeRequest } from './exchange-request.ts';
import { codeOfUnfit } from './token-unfit.ts';

/**
 * A token that is not exchanged, for a reason that a gateway would have, too. The client is told which check it was; the
 * facts are the operator's.
 */
export class SubjectTokenRefused extends errors.OIDCProviderError {
  readonly rejection: Rejection;

  constructor({ grant, tokenName }: ExchangeRequest, rejection: Rejection) {
    const { check, title } = kindOf(rejection);
    const [status, code] = answerTo(rejection, grant);
    super(status, code);
    this.rejection = rejection;
    this.error_description = `the ${tokenName} is refused (${check}): ${title}`;
    // Also with 503, which the library would take for a failure of its own.
    this.expose = true;
  }
}

/** Where it could not be judged at all, or not now, it is not the token's fault. */
function answerTo(rejection: Rejection, grant: ExchangeGrant): [status: number, code: string] {
  const { status } = kindOf(rejection);
  if (status === 503 || rejection.retryAfter !== undefined) return [status, 'temporarily_unavailable'];
  return [400, codeOfUnfit[grant]];
}
