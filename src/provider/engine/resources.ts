import type { Client, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import { type Api, grantableScopes, mayUse } from '../apis.ts';
import { chooseApi, refuseUnknown } from '../choose-api.ts';
import { registeredClientOf } from '../client-metadata.ts';
import type { LoadedKey } from '../loaded-key.ts';
import type { RegisteredClient } from '../registered-client.ts';
import { errors } from './library.ts';
import { oidcScopes } from './oidc-claims.ts';

/** Resource indicators (RFC 8707): which API a request is for, and what a token for it is like. */
export function resourceIndicators(apis: readonly Api[], key: LoadedKey) {
  const byAudience = new Map(apis.map((api) => [api.audience, api]));
  const usableApi = (audience: string, client: RegisteredClient): Api => {
    const api = byAudience.get(audience);
    if (api === undefined) throw new errors.InvalidTarget('no API has this resource as its audience');
    if (!mayUse(client, api)) throw new errors.InvalidTarget('this client may not have tokens for this resource');
    return api;
  };
  return {
    enabled: true,
    /** What a user granted for one API is for that API, without its being named again. */
    useGrantedResource: () => true,
    defaultResource(ctx: KoaContextWithOIDC, client: Client, granted?: readonly string[]) {
      if (granted !== undefined) throw new errors.InvalidTarget('the grant is for several APIs: name one as resource');
      const asked = requestedScopes(ctx);
      const signsIn = !takesForItself(ctx.oidc) && ctx.oidc.requestParamScopes.has('openid');
      return chooseApi(apis, registeredClientOf(client), asked, signsIn)?.audience ?? [];
    },
    getResourceServerInfo(ctx: KoaContextWithOIDC, resource: string, client: Client): ResourceServer {
      const registered = registeredClientOf(client);
      const api = usableApi(resource, registered);
      if (asksForScopes(ctx)) {
        const named = [ctx.oidc.params?.['resource'] ?? resource].flat().map(String);
        refuseUnknown(
          named.map((audience) => usableApi(audience, registered)),
          registered,
          requestedScopes(ctx),
        );
        defaultScopes(ctx, registered, api);
      }
      return resourceServer(api, registered, key);
    },
  };
}

/** The API as the library wants it. */
export function resourceServer(
  api: Api,
  client: RegisteredClient,
  { algorithm: alg, id: kid }: LoadedKey,
): ResourceServer {
  return {
    scope: grantableScopes(client, api).join(' '),
    audience: api.audience,
    accessTokenTTL: api.ttl,
    accessTokenFormat: api.format,
    jwt: { sign: { alg, kid } },
  };
}

/** Those of the request that an API must have: OpenID Connect's are about a person, where there is one. */
function requestedScopes({ oidc }: KoaContextWithOIDC): readonly string[] {
  const scopes = [...oidc.requestParamScopes].filter((scope) => scope !== '');
  return takesForItself(oidc) ? scopes : scopes.filter((scope) => !oidcScopes.has(scope));
}

/** At the token endpoint, codes and refresh tokens bring their scopes with them; the library sees to them. */
function asksForScopes({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.route !== 'token' || takesForItself(oidc);
}

function takesForItself({ route, params }: KoaContextWithOIDC['oidc']): boolean {
  return route === 'token' && params?.['grant_type'] === 'client_credentials';
}

/**
 * RFC 6749 section 3.3: where a client asks for no scope, the server has a default or refuses. A client that asks for
 * itself gets all it may have; one that asks on behalf of a person must say what for.
 */
function defaultScopes({ oidc }: KoaContextWithOIDC, client: RegisteredClient, api: Api): void {
  if (oidc.params === undefined || oidc.params['scope'] !== undefined) return;
  if (!takesForItself(oidc)) throw new errors.InvalidScope('name the scopes that are wanted', '');
  oidc.params['scope'] = grantableScopes(client, api).join(' ') || undefined;
}
