import type { Provider, RefreshToken } from 'oidc-provider';
import { sha256Hex } from '../../base/sha256.ts';
import type { Claims } from '../../protocol/claims.ts';
import { principalOfToken } from '../own-principal.ts';
import type { IssuedToken } from '../ports/token-registry.ts';
import type { Services } from '../services.ts';

/** A token of ours that is presented at one of our endpoints. */
export type OwnToken =
  | { readonly type: 'access'; readonly client: string; readonly token: IssuedToken; readonly active: boolean }
  | { readonly type: 'refresh'; readonly client: string; readonly token: RefreshToken; readonly active: boolean };

/**
 * Recognises an access token by its hash on record, which no other text has: whether its signature is valid need not
 * be asked again. Undefined for what is not ours, or no more.
 */
export async function findOwnToken(
  oidc: Provider,
  { issuer, clock, registry, revocations, families }: Services,
  value: string,
): Promise<OwnToken | undefined> {
  const token = await registry.find(sha256Hex(value));
  if (token !== undefined) {
    const revoked = revocations.index.match(principalOfToken(issuer, token)) !== undefined;
    return { type: 'access', client: token.client, token, active: clock() < token.expiresAt && !revoked };
  }
  const refresh = await oidc.RefreshToken.find(value);
  if (refresh?.clientId === undefined || refresh.grantId === undefined) return undefined;
  const active = refresh.isValid && (await families.live(refresh.grantId));
  return { type: 'refresh', client: refresh.clientId, token: refresh, active };
}

/** The claims of an access token on record; a JWT has them in itself. */
export function claimsOf({ claims }: IssuedToken, value: string): Claims {
  if (claims !== undefined) return claims;
  const [, payload = ''] = value.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
}
