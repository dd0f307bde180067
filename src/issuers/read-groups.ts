import type { Claims } from '../protocol/claims.ts';
import type { Principal } from '../protocol/principal.ts';
import { accept, type Verdict } from '../protocol/verdict.ts';
import type { ClaimPath } from './claim-places.ts';
import { isObject } from './json-shape.ts';
import { readAllStrings } from './read-claims.ts';

/** An issuer that sends none has none; one that says they are to be had elsewhere leaves it unknown which they are. */
export function readGroups(claims: Claims, paths: readonly ClaimPath[]): Verdict<Principal['groups']> {
  return paths.some(([claim]) => isElsewhere(claims, claim)) ? accept('unknown') : readAllStrings(claims, paths);
}

/**
 * Distributed claims (OpenID Connect Core section 5.6.2): Entra ID's answer where a user has too many groups.
 * Of tokens of the implicit flow it says `hasgroups` instead.
 */
function isElsewhere(claims: Claims, claim: string): boolean {
  const names = claims['_claim_names'];
  if (isObject(names) && Object.hasOwn(names, claim)) return true;
  return claim === 'groups' && (claims['hasgroups'] === true || claims['hasgroups'] === 'true');
}
