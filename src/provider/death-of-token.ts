import type { EpochMs } from '../base/clock.ts';
import type { Principal } from '../protocol/principal.ts';
import { principalOfSubjectToken, principalOfToken } from './own-principal.ts';
import type { ProviderRevocations } from './ports/revocations.ts';
import type { IssuedToken } from './ports/token-registry.ts';

/**
 * From when on a token is dead by the revocation log, as this process has read it: 0 where it always is. It dies with
 * each of those that it was exchanged for, whoever issued them.
 */
export function deathOf(
  { issuer, revocations }: { readonly issuer: string; readonly revocations: Pick<ProviderRevocations, 'index'> },
  token: IssuedToken,
): EpochMs | undefined {
  const death = (principal: Principal): readonly EpochMs[] => {
    const match = revocations.index.match(principal);
    return match === undefined ? [] : [match.from ?? 0];
  };
  const own = death(principalOfToken(issuer, token));
  const others = token.subjectTokens.flatMap((each) => death(principalOfSubjectToken(each, token.expiresAt)));
  const deaths = [...own, ...others];
  return deaths.length === 0 ? undefined : Math.min(...deaths);
}
