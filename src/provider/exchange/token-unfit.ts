import { errors } from '../engine/library.ts';
import type { ExchangeGrant } from '../exchange-rule.ts';

/**
 * RFC 8693 section 2.2.2: where the subject token is "invalid for any reason, or [...] unacceptable based on policy",
 * the code "MUST be the invalid_request error code"; RFC 7523 section 3.1 has invalid_grant.
 */
export const codeOfUnfit = {
  'token-exchange': 'invalid_request',
  'jwt-bearer': 'invalid_grant',
} as const satisfies Record<ExchangeGrant, string>;

/** A token that is not exchanged, for a reason that only the exchange has. */
export function tokenUnfit(grant: ExchangeGrant, description: string): errors.OIDCProviderError {
  return new errors.CustomOIDCProviderError(codeOfUnfit[grant], description);
}
