import { type Api, grantableScopes, mayUse } from './apis.ts';
import { errors } from './engine/library.ts';
import type { RegisteredClient } from './registered-client.ts';

/**
 * The API of a request that names none: the only one that has all of the scopes that were asked for, or where none
 * were, the only one that the client may use. Undefined for a sign-in alone (`openid`), whose access token is good for
 * the userinfo endpoint.
 *
 * @param scopes those that were asked for, without those of OpenID Connect
 * @throws InvalidScope, InvalidTarget (RFC 8707 section 2)
 */
export function chooseApi(
  apis: readonly Api[],
  client: RegisteredClient,
  scopes: readonly string[],
  signsIn: boolean,
): Api | undefined {
  const usable = apis.filter((api) => mayUse(client, api));
  refuseUnknown(usable, client, scopes);
  if (scopes.length === 0 && signsIn) return undefined;
  const fitting = usable.filter((api) => scopes.every((scope) => api.scopes.includes(scope)));
  if (fitting.length === 1) return fitting[0];
  throw new errors.InvalidTarget(whyNone(usable, fitting, scopes));
}

/** A scope that no API of the client has, or that the client was not given, is refused, not dropped in silence. */
export function refuseUnknown(apis: readonly Api[], client: RegisteredClient, scopes: readonly string[]): void {
  const grantable = new Set(apis.flatMap((api) => grantableScopes(client, api)));
  const refused = scopes.find((scope) => !grantable.has(scope));
  if (refused === undefined) return;
  throw new errors.InvalidScope('the requested scope does not exist, or is not for this client and resource', refused);
}

function whyNone(usable: readonly Api[], fitting: readonly Api[], scopes: readonly string[]): string {
  if (usable.length === 0) return 'there is no API that this client may have tokens for';
  if (scopes.length > 0 && fitting.length === 0) {
    return 'the requested scopes belong to several APIs: ask for the tokens of one at a time';
  }
  return 'the request could mean several APIs: name the one that is meant, by its audience, with the resource parameter';
}
