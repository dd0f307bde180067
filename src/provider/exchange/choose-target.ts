import { type Api, mayUse } from '../apis.ts';
import { chooseApi, refuseUnknown } from '../choose-api.ts';
import { errors } from '../engine/library.ts';
import { type ExchangeRule, grantsOf } from '../exchange-rule.ts';
import type { RegisteredClient } from '../registered-client.ts';
import { type ExchangeRequest, isOfFormat } from './exchange-request.ts';

/** Which API the token is to be for, and the rules by which it may be had. */
export interface Target {
  readonly api: Api;
  readonly rules: readonly ExchangeRule[];
}

/**
 * @throws UnauthorizedClient where no rule is for the client, InvalidTarget where none is for the API (RFC 8693 section
 *   2.2.2), InvalidScope where the scopes are not the API's or not for the client
 */
export function chooseTarget(
  apis: readonly Api[],
  rules: readonly ExchangeRule[],
  client: RegisteredClient,
  request: ExchangeRequest,
): Target {
  const ofClient = rules.filter((rule) => grantsOf(rule).includes(request.grant) && rule.clients.includes(client.id));
  if (ofClient.length === 0) throw new errors.UnauthorizedClient('no rule of the exchange is for this client');
  const open = apis.filter(({ name }) => ofClient.some(({ to }) => to.includes(name)));
  const api = namedApi(open, request) ?? defaultApi(open, client, request);
  if (!mayUse(client, api)) throw new errors.InvalidTarget('this client may not have tokens for this API');
  if (!isOfFormat(request.wanted, api.format)) {
    throw new errors.InvalidRequest('the tokens of this API are no JWTs: ask for an access_token');
  }
  refuseUnknown([api], client, request.scopes ?? []);
  return { api, rules: ofClient.filter(({ to }) => to.includes(api.name)) };
}

/** All names that are given must be those of one API: a token of ours is for one. */
function namedApi(open: readonly Api[], { resources, audiences }: ExchangeRequest): Api | undefined {
  const named = [
    ...resources.map((resource) => open.find(({ audience }) => audience === resource)),
    ...audiences.map((text) => open.find(({ audience, name }) => audience === text || name === text)),
  ];
  const [first] = named;
  if (named.length > 0 && first === undefined) throw new errors.InvalidTarget(noSuchApi);
  if (named.some((api) => api !== first)) {
    throw new errors.InvalidTarget(named.includes(undefined) ? noSuchApi : 'name one API: a token is for one');
  }
  return first;
}

const noSuchApi = 'no API has this name or audience that this client may have tokens for by an exchange';

function defaultApi(open: readonly Api[], client: RegisteredClient, { scopes = [] }: ExchangeRequest): Api {
  const api = chooseApi(open, client, scopes, false);
  if (api === undefined) throw new errors.InvalidTarget(noSuchApi);
  return api;
}
