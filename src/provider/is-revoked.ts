import type { Principal } from '../protocol/principal.ts';
import { isInForce } from '../revocation/index.ts';
import type { Services } from './services.ts';

/** Whether the revocation log, as this process has read it, has killed what the principal stands for. */
export function isRevoked(
  { revocations, clock }: Pick<Services, 'revocations' | 'clock'>,
  principal: Principal,
): boolean {
  const match = revocations.index.match(principal);
  return match !== undefined && isInForce(match, clock());
}
