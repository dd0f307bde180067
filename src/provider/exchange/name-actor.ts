import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Principal } from '../../protocol/principal.ts';
import type { ExchangeGrant } from '../exchange-rule.ts';
import { tokenUnfit } from './token-unfit.ts';

/** How often what came of a token can be exchanged again: the chain of those who acted stands in each of them. */
const longestChain = 8;

/**
 * Who acts: the client, in our name for it, and below it those who acted before (RFC 8693 section 4.1). They are said,
 * and decide nothing.
 *
 * @param issuer ours: whose names the outermost actor has where `iss` does not say otherwise
 * @throws what `tokenUnfit` makes, where the token is for other actors, or has gone through too many hands
 */
export function nameActor(principal: Principal, grant: ExchangeGrant, client: string, issuer: string): JsonObject {
  const { act, may_act: mayAct } = principal.claims;
  if (mayAct !== undefined && !names(mayAct, client, issuer)) {
    throw tokenUnfit(grant, 'the token does not let this client act for its subject (may_act)');
  }
  if (!isJsonObject(act)) return { sub: client };
  if (chainOf(act) >= longestChain) throw tokenUnfit(grant, 'the token has gone through too many hands (act)');
  return { sub: client, act: principal.issuer === issuer ? act : { iss: principal.issuer, ...act } };
}

/** RFC 8693 section 4.4. What is no object, or does not name the client, names somebody else. */
function names(mayAct: Json, client: string, issuer: string): boolean {
  if (!isJsonObject(mayAct) || (mayAct['iss'] !== undefined && mayAct['iss'] !== issuer)) return false;
  return (mayAct['sub'] ?? mayAct['client_id']) === client;
}

function chainOf({ act }: JsonObject): number {
  return isJsonObject(act) ? 1 + chainOf(act) : 1;
}
