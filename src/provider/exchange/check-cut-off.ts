import type { EpochMs } from '../../base/clock.ts';
import type { Principal } from '../../protocol/principal.ts';
import { type Rejection, rejection } from '../../protocol/rejection.ts';
import { isRevoked } from '../is-revoked.ts';
import { ownPrincipal } from '../own-principal.ts';
import type { Services } from '../services.ts';

/**
 * Whoever ends all that a subject or a client has had of us also ends what could be made into more of it: a token that
 * was issued before, by whomever, is not exchanged after.
 *
 * @param subject ours
 */
export function checkCutOff(
  services: Services,
  { tokenHash, issuedAt }: Principal,
  subject: string,
  client: string,
  expiresAt: EpochMs,
): Rejection | undefined {
  const facts = { tokenHash, issuedAt, subject, client, session: undefined, expiresAt };
  const isCutOff = isRevoked(services, ownPrincipal(services.issuer, facts));
  return isCutOff ? rejection('token_revoked', { subject, client }) : undefined;
}
