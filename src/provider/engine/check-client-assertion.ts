import type { Configuration } from 'oidc-provider';
import type { Clock } from '../../base/clock.ts';
import { errors } from './library.ts';

/** A day, in seconds: for so long a used assertion has to be remembered at most. */
const longestLifetime = 24 * 60 * 60;
const toleranceSeconds = 5;

/**
 * What the library leaves open in private_key_jwt. An assertion that is meant for another server as well could be
 * brought here by that server (RFC 7523 section 3, draft-ietf-oauth-rfc7523bis section 4); RFC 7523 section 3 lets us
 * refuse one that was issued in the future, or that lives unreasonably long.
 */
export function checkClientAssertion(clock: Clock): Configuration['assertJwtClientAuthClaimsAndHeader'] {
  return ({ oidc }, { aud, iat, exp }) => {
    const ours = oidc.clientJwtAuthExpectedAudience();
    const now = Math.floor(clock() / 1000);
    if (![aud].flat().every((audience) => ours.has(String(audience))))
      throw new errors.InvalidClientAuth('it is for others, too');
    if (iat !== undefined && !(Number(iat) <= now + toleranceSeconds))
      throw new errors.InvalidClientAuth('it was issued in the future');
    if (!(Number(exp) <= now + longestLifetime)) throw new errors.InvalidClientAuth('it lives too long');
  };
}
