import { deathOf } from './death-of-token.ts';
import type { IssuedToken } from './ports/token-registry.ts';
import type { Services } from './services.ts';

export function isTokenRevoked(
  services: Pick<Services, 'issuer' | 'revocations' | 'clock'>,
  token: IssuedToken,
): boolean {
  const death = deathOf(services, token);
  return death !== undefined && services.clock() >= death;
}
