import type { KoaContextWithOIDC, Account as OidcAccount, UnknownObject } from 'oidc-provider';
import { ancestorsClaim, writeAncestor } from '../../protocol/ancestors.ts';
import type { Account } from '../accounts.ts';
import type { Services } from '../services.ts';
import type { AccessModel } from './issued-token.ts';
import { originOf } from './token-origin.ts';
import { givePlace } from './token-place.ts';

/** An account as the library wants it; what each scope may see of it, the library knows. */
export function oidcAccount({ subject, claims }: Account): OidcAccount {
  return { accountId: subject, claims: () => ({ ...claims, sub: subject }) };
}

/** What an access token carries besides what the protocol demands, opaque or JWT alike; only a JWT names a status list. */
export function extraTokenClaims(services: Services) {
  const { accounts, apis } = services;
  return async (_: KoaContextWithOIDC, token: AccessModel): Promise<UnknownObject | undefined> => {
    const place = await givePlace(services, token);
    if (token.kind !== 'AccessToken') return place;
    const api = apis.find(({ audience }) => audience === token.aud);
    const origin = originOf(token);
    const claims = origin?.claims ?? (await accounts.find(token.accountId))?.claims ?? {};
    const wanted = (api?.claims ?? []).filter((name) => Object.hasOwn(claims, name));
    const carried = wanted.map((name) => [name, claims[name]] as const);
    return {
      ...Object.fromEntries(carried),
      ...(origin !== undefined && {
        act: origin.actor,
        [ancestorsClaim]: origin.subjectTokens.map(writeAncestor),
      }),
      ...(token.sessionUid !== undefined && { sid: token.sessionUid }),
      ...place,
    };
  };
}
