import type { Adapter, AdapterPayload } from 'oidc-provider';
import { sha256Hex } from '../../base/sha256.ts';
import type { FamilyEnd } from '../families.ts';
import { isTokenRevoked } from '../is-token-revoked.ts';
import type { IssuedToken } from '../ports/token-registry.ts';
import type { Services } from '../services.ts';
import { Provider } from './library.ts';
import { unusedParts } from './unused-parts.ts';

/** Access tokens are on record in the registry; see record-tokens.ts. */
export function accessTokenAdapter(model: 'AccessToken' | 'ClientCredentials', services: Services): Adapter {
  const { clock, registry, families } = services;
  return {
    ...unusedParts,
    async upsert() {},
    async find(value) {
      const token = await registry.find(sha256Hex(value));
      if (token === undefined || token.kind !== 'opaque' || token.expiresAt <= clock()) return undefined;
      if (modelOf(token) !== model) return undefined;
      return isTokenRevoked(services, token) ? undefined : payloadOf(token, value);
    },
    // Of all models with a grant, the library calls this one whenever it ends a grant: the family ends here.
    revokeByGrantId: (grantId) => families.end(grantId, reasonOf(), actorOf()),
  };
}

function modelOf({ grantId }: IssuedToken): 'AccessToken' | 'ClientCredentials' {
  return grantId === undefined ? 'ClientCredentials' : 'AccessToken';
}

function payloadOf(token: IssuedToken, value: string): AdapterPayload {
  const common = {
    kind: modelOf(token),
    jti: value,
    iat: token.issuedAt,
    exp: Math.floor(token.expiresAt / 1000),
    clientId: token.client,
    scope: token.scopes.join(' '),
    aud: token.audience,
  };
  if (token.grantId === undefined) return common;
  return { ...common, accountId: token.subject, grantId: token.grantId, sessionUid: token.session };
}

function reasonOf(): FamilyEnd {
  const oidc = Provider.ctx?.oidc;
  if (oidc?.route !== 'token') return 'signed_out';
  return oidc.params?.['grant_type'] === 'refresh_token' ? 'refresh_token_replayed' : 'code_replayed';
}

function actorOf(): string {
  return `client:${Provider.ctx?.oidc.client?.clientId ?? 'none'}`;
}
