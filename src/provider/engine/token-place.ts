import type { AccessToken, ClientCredentials } from 'oidc-provider';
import type { JsonObject } from '../../base/json.ts';
import type { StatusPlace } from '../ports/token-registry.ts';
import type { Services } from '../services.ts';
import { statusListUri } from '../status/status-list-uri.ts';

/** The library has no place for it. */
const places = new WeakMap<object, StatusPlace>();

/** Gives the token its place, where its API wants that. @returns its claim `status` */
export async function givePlace(
  { apis, issuer, places: giver }: Pick<Services, 'apis' | 'issuer' | 'places'>,
  token: AccessToken | ClientCredentials,
): Promise<{ readonly status?: JsonObject }> {
  if (token.resourceServer?.accessTokenFormat !== 'jwt') return {};
  if (apis.find(({ audience }) => audience === token.aud)?.statusList !== true) return {};
  const place = await giver.next();
  places.set(token, place);
  return { status: { status_list: { idx: place.index, uri: statusListUri(issuer, place.list) } } };
}

export function placeOf(token: AccessToken | ClientCredentials): StatusPlace | undefined {
  return places.get(token);
}
