import type { EpochMs } from '../base/clock.ts';
import type { AccessRequest } from '../protocol/access-request.ts';
import type { Principal } from '../protocol/principal.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { Witness } from '../protocol/witness.ts';
import type { CompiledPolicy, CompiledRule } from './compiled-policy.ts';

/**
 * The request is allowed if any rule that covers its method is met: rules add up, none takes away. If none is met,
 * the refusal is that of the first rule covering the method; what no rule covers is refused. The same rules decide
 * for every issuer and either kind of token. Synchronous; never throws.
 */
export function evaluatePolicy(
  policy: CompiledPolicy,
  principal: Principal,
  request: AccessRequest,
  now: EpochMs,
  witness?: Witness,
): Rejection | undefined {
  let refusal: Rejection | undefined;
  for (let index = 0; index < policy.rules.length; index++) {
    const rule = policy.rules[index];
    if (rule === undefined || rule.methods?.has(request.method) === false) continue;
    const unmet = firstUnmet(rule, principal, request, now);
    if (unmet === undefined) {
      witness?.('policy', { rule: index });
      return undefined;
    }
    refusal ??= { ...unmet, facts: { rule: index, ...unmet.facts } };
  }
  return refusal ?? rejection('rule_missing', { method: request.method });
}

function firstUnmet(
  rule: CompiledRule,
  principal: Principal,
  request: AccessRequest,
  now: EpochMs,
): Rejection | undefined {
  for (const requirement of rule.requirements) {
    const unmet = requirement(principal, request, now);
    if (unmet !== undefined) return unmet;
  }
  return undefined;
}
