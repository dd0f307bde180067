import type { Configuration } from 'oidc-provider';
import type { Lifetimes } from '../provider-options.ts';

/** Seconds that an access token lives that is good for the userinfo endpoint only. */
const userinfoTokenTtl = 600;

/** The library counts in seconds. */
export function ttlOf(lifetimes: Lifetimes): NonNullable<Configuration['ttl']> {
  return {
    AccessToken: (_, token) => token.resourceServer?.accessTokenTTL ?? userinfoTokenTtl,
    ClientCredentials: (_, token) => token.resourceServer?.accessTokenTTL ?? userinfoTokenTtl,
    AuthorizationCode: seconds(lifetimes.authorizationCode),
    IdToken: seconds(lifetimes.idToken),
    RefreshToken: seconds(lifetimes.refreshToken),
    Grant: seconds(lifetimes.grant),
    Session: seconds(lifetimes.session),
    Interaction: seconds(lifetimes.interaction),
  };
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.floor(milliseconds / 1000));
}
