import type { EpochMs } from '../../base/clock.ts';
import type { Principal } from '../../protocol/principal.ts';
import { type Rejection, rejection } from '../../protocol/rejection.ts';
import { ourAudiences } from '../exchange-rule.ts';

/** A day, in seconds: for so long a used assertion has to be remembered at most. */
const longestLifetime = 24 * 60 * 60;

/**
 * What is demanded of an assertion besides what every token is (RFC 7523 section 3). One that is for others, too, could
 * be brought here by them; one that lives for ever would have to be remembered for ever.
 */
export function checkAssertion(
  { audiences, expiresAt }: Principal,
  issuer: string,
  now: EpochMs,
): Rejection | undefined {
  const expected = ourAudiences(issuer);
  const stranger = audiences.find((audience) => !expected.includes(audience));
  if (stranger !== undefined) return rejection('audience_mismatch', { expected, actual: audiences });
  if (!(expiresAt <= now + longestLifetime * 1000)) return rejection('lifetime_too_long', { limit: longestLifetime });
  return undefined;
}
