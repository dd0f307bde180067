import type { AdapterPayload, Provider } from 'oidc-provider';
import { sha256Hex } from '../../base/sha256.ts';
import type { Claims } from '../../protocol/claims.ts';
import { isTokenRevoked } from '../is-token-revoked.ts';
import type { IssuedToken } from '../ports/token-registry.ts';
import type { Services } from '../services.ts';

/** A token of ours that is presented at one of our endpoints. */
export type OwnToken = OwnAccessToken | OwnRefreshToken;

export interface OwnAccessToken {
  readonly type: 'access';
  readonly client: string;
  readonly token: IssuedToken;
  readonly active: boolean;
}

export interface OwnRefreshToken {
  readonly type: 'refresh';
  readonly client: string;
  readonly payload: AdapterPayload;
  readonly grantId: string;
  readonly active: boolean;
}

/**
 * Recognises an access token by its hash on record, which no other text has: whether its signature is valid need not
 * be asked again. Undefined for what is not ours, or no more.
 */
export async function findOwnToken(oidc: Provider, services: Services, value: string): Promise<OwnToken | undefined> {
  const { clock, registry } = services;
  const token = await registry.find(sha256Hex(value));
  if (token === undefined) return findRefreshToken(oidc, services, value);
  const active = clock() < token.expiresAt && !isTokenRevoked(services, token);
  return { type: 'access', client: token.client, token, active };
}

/** One that was used, or whose session is over, is still its client's to revoke with all its family. */
async function findRefreshToken(
  oidc: Provider,
  { artifacts, families }: Services,
  value: string,
): Promise<OwnRefreshToken | undefined> {
  const artifact = await artifacts.find('RefreshToken', sha256Hex(value));
  if (artifact?.grantId === undefined) return undefined;
  const { grantId } = artifact;
  const payload = artifact.payload as AdapterPayload;
  const usable = (await oidc.RefreshToken.find(value))?.isValid === true;
  return {
    type: 'refresh',
    client: payload.clientId ?? '',
    payload,
    grantId,
    active: usable && (await families.live(grantId)),
  };
}

/** The claims of an access token on record; a JWT has them in itself. */
export function claimsOf({ claims }: IssuedToken, value: string): Claims {
  if (claims !== undefined) return claims;
  const [, payload = ''] = value.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
}
