import type { Provider } from 'oidc-provider';
import type { JsonObject } from '../../protocol/claims.ts';
import type { RegisteredClient } from '../registered-client.ts';
import type { Services } from '../services.ts';
import { claimsOf, findOwnToken, type OwnAccessToken, type OwnRefreshToken, type OwnToken } from './find-own-token.ts';

const inactive: JsonObject = { active: false };

/**
 * What `caller` is told about a token (RFC 7662 section 2.2). One who may not know gets the same answer as for a token
 * that does not exist.
 */
export async function introspect(
  oidc: Provider,
  services: Services,
  caller: RegisteredClient,
  value: string,
): Promise<JsonObject> {
  const own = await findOwnToken(oidc, services, value);
  if (own?.active !== true || !mayIntrospect(caller, own, services)) return inactive;
  return own.type === 'access' ? accessAnswer(own, value) : refreshAnswer(own, services.issuer);
}

/** A client its own tokens; a resource server those for its API, which the configuration says. */
function mayIntrospect(caller: RegisteredClient, own: OwnToken, { apis }: Services): boolean {
  if (own.client === caller.id) return true;
  if (own.type === 'refresh') return false;
  if (caller.introspects.includes('*')) return true;
  const api = apis.find(({ audience }) => audience === own.token.audience);
  return api !== undefined && caller.introspects.includes(api.name);
}

/** `exp` is earlier than in the token where it was shortened. */
function accessAnswer({ token }: OwnAccessToken, value: string): JsonObject {
  const exp = Math.floor(token.expiresAt / 1000);
  return { ...claimsOf(token, value), exp, active: true, token_type: 'Bearer' };
}

function refreshAnswer({ payload }: OwnRefreshToken, issuer: string): JsonObject {
  const { accountId, clientId, scope, iat, exp } = payload;
  const facts = { active: true, iss: issuer, sub: accountId, client_id: clientId, scope, iat, exp };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
