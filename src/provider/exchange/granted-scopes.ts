import type { Principal } from '../../protocol/principal.ts';
import { type Api, grantableScopes } from '../apis.ts';
import type { ExchangeRule } from '../exchange-rule.ts';
import type { RegisteredClient } from '../registered-client.ts';
import type { ExchangeRequest } from './exchange-request.ts';

/** Who sets bounds to what is granted. */
export interface Bounds {
  readonly rule: ExchangeRule;
  readonly api: Api;
  readonly client: RegisteredClient;
  /** Whether the token is one of ours: it is only ever exchanged for less. */
  readonly isOurs: boolean;
}

/**
 * The scopes that are asked for, all of them or none; all that can be had where none are named (RFC 6749 section 3.3).
 * Undefined where one of them cannot be had by this rule.
 */
export function grantedScopes(
  { rule, api, client, isOurs }: Bounds,
  principal: Principal,
  { scopes }: ExchangeRequest,
): readonly string[] | undefined {
  const isInRule = (scope: string) => rule.scopes?.includes(scope) ?? principal.scopes.has(scope);
  const isInToken = (scope: string) => !isOurs || principal.scopes.has(scope);
  const grantable = grantableScopes(client, api).filter((scope) => isInRule(scope) && isInToken(scope));
  if (scopes === undefined) return grantable;
  return scopes.every((scope) => grantable.includes(scope)) ? scopes : undefined;
}
