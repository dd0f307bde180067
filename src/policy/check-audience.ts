import type { Principal } from '../protocol/principal.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { Witness } from '../protocol/witness.ts';

/**
 * RFC 9068 section 4: "The resource server MUST validate that the 'aud' claim contains a resource indicator value
 * corresponding to an identifier the resource server expects for itself." Compared as exact strings; a token without
 * an audience was issued for nobody.
 *
 * @param audiences those of the API; one is enough
 */
export function checkAudience(
  audiences: readonly string[],
  principal: Principal,
  witness?: Witness,
): Rejection | undefined {
  const audience = principal.audiences.find((candidate) => audiences.includes(candidate));
  if (audience === undefined) {
    return rejection('audience_mismatch', { expected: audiences, actual: principal.audiences });
  }
  witness?.('policy', { audience });
  return undefined;
}
