import { compileCondition } from './compile-condition.ts';
import type { CompiledPolicy, CompiledRule, Requirement } from './compiled-policy.ts';
import { type PolicyFault, PolicyInvalid } from './policy-invalid.ts';
import { requireCaller, requireGroup, requireRole, requireScopes } from './requirements.ts';
import { ruleFaults } from './rule-faults.ts';
import type { RuleOptions } from './rule-options.ts';

/**
 * Compiles the rules of an API and type-checks their expressions, so that what can be wrong is wrong now and not
 * during a request.
 *
 * @throws {PolicyInvalid} with every fault of the rules
 */
export function compilePolicy(rules: readonly RuleOptions[]): CompiledPolicy {
  const faults: PolicyFault[] = [];
  const compiled = rules.map((rule, index) => {
    const fault = (path: readonly (string | number)[], reason: string, remedy: string): void => {
      faults.push({ path: [index, ...path], reason, remedy });
    };
    ruleFaults(rule, fault);
    return compileRule(rule, fault);
  });
  if (faults.length > 0) throw new PolicyInvalid(faults);
  return Object.freeze({ rules: Object.freeze(compiled) });
}

type ReportFault = (path: readonly (string | number)[], reason: string, remedy: string) => void;

/** Who is calling comes first and scopes after: a client that lacks more than a scope is not sent to fetch one. */
function compileRule(rule: RuleOptions, fault: ReportFault): CompiledRule {
  const requirements: Requirement[] = [];
  if (rule.issuers !== undefined) requirements.push(requireCaller('issuerName', rule.issuers));
  if (rule.clients !== undefined) requirements.push(requireCaller('client', rule.clients));
  if (rule.consumers !== undefined) requirements.push(requireCaller('consumer', rule.consumers));
  if (rule.subjects !== undefined) requirements.push(requireCaller('subject', rule.subjects));
  if (rule.roles !== undefined) requirements.push(requireRole(rule.roles));
  if (rule.groups !== undefined) requirements.push(requireGroup(rule.groups));
  if (rule.scopes !== undefined) requirements.push(requireScopes(rule.scopes));
  if (rule.when !== undefined) {
    const condition = compileCondition(rule.when);
    if (condition.ok) requirements.push(condition.requirement);
    else fault(['when'], condition.reason, condition.remedy);
  }
  return Object.freeze({ methods: methodsOf(rule), requirements: Object.freeze(requirements) });
}

/** RFC 9110 section 9.3.2: HEAD is GET without the content, so whoever may GET may HEAD. */
function methodsOf({ methods }: RuleOptions): ReadonlySet<string> | undefined {
  if (methods === undefined) return undefined;
  return new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods);
}
