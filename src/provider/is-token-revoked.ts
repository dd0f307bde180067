import { isRevoked } from './is-revoked.ts';
import { principalOfSubjectToken, principalOfToken } from './own-principal.ts';
import type { IssuedToken } from './ports/token-registry.ts';
import type { Services } from './services.ts';

/** A token dies with each of those that it was exchanged for, whoever issued them. */
export function isTokenRevoked(
  services: Pick<Services, 'issuer' | 'revocations' | 'clock'>,
  token: IssuedToken,
): boolean {
  if (isRevoked(services, principalOfToken(services.issuer, token))) return true;
  return token.subjectTokens.some((each) => isRevoked(services, principalOfSubjectToken(each, token.expiresAt)));
}
