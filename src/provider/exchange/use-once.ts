import type { EpochMs } from '../../base/clock.ts';
import { sha256Hex } from '../../base/sha256.ts';
import { furthestLeewaySeconds } from '../../protocol/furthest-leeway.ts';
import type { Principal } from '../../protocol/principal.ts';
import type { Services } from '../services.ts';
import { tokenUnfit } from './token-unfit.ts';

/**
 * RFC 7523 section 3: the server "MAY ensure that JWTs are not replayed by maintaining the set of used jti values for the
 * length of time for which the JWT would be considered valid". Of several who show it at once, in whatever process, one
 * gets through.
 *
 * @throws invalid_grant where the assertion was used before
 */
export async function useOnce({ artifacts }: Services, assertion: Principal, now: EpochMs): Promise<void> {
  const { issuer, tokenId, expiresAt } = assertion;
  if (tokenId === undefined) return;
  const used = {
    model: 'UsedAssertion',
    key: sha256Hex(JSON.stringify([issuer, tokenId])),
    payload: {},
    grantId: undefined,
    uid: undefined,
    consumedAt: undefined,
    expiresAt: expiresAt + furthestLeewaySeconds * 1000,
  };
  if (await artifacts.add(used, now)) return;
  throw tokenUnfit('jwt-bearer', 'the assertion was used before');
}
