import type { Principal } from '../protocol/principal.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { Requirement } from './compiled-policy.ts';

/** RFC 6750 section 3.1: the challenge of insufficient_scope may name "the scope necessary to access the resource". */
export function requireScopes(scopes: readonly string[]): Requirement {
  return (principal) => {
    if (scopes.every((scope) => principal.scopes.has(scope))) return undefined;
    const missing = scopes.filter((scope) => !principal.scopes.has(scope));
    return rejection('scope_insufficient', { missing, held: [...principal.scopes] }, { scope: scopes });
  };
}

export function requireRole(roles: readonly string[]): Requirement {
  return ({ roles: held }) =>
    held.some((role) => roles.includes(role)) ? undefined : rejection('role_missing', { needed: roles, held });
}

/** Groups that the issuer did not list may or may not be the ones asked for: unknown is refused by its own name. */
export function requireGroup(groups: readonly string[]): Requirement {
  return ({ groups: held }) => {
    if (held === 'unknown') return rejection('groups_unknown', { needed: groups });
    return held.some((group) => groups.includes(group))
      ? undefined
      : rejection('group_missing', { needed: groups, held });
  };
}

type CallerFact = 'issuerName' | 'client' | 'subject' | 'consumer';

/** Exact strings; a token that names no client or subject is none of those allowed, nor is one of nobody we know. */
export function requireCaller(fact: CallerFact, allowed: readonly string[]): Requirement {
  return (principal: Principal): Rejection | undefined => {
    const value = principal[fact];
    if (value !== undefined && allowed.includes(value)) return undefined;
    return rejection('caller_not_allowed', { [fact]: value ?? null, allowed });
  };
}
