import { compilePolicy, PolicyInvalid } from '../../policy/index.ts';
import type { ApiConfig, Config } from '../config.ts';
import type { Findings } from './findings.ts';

type Rule = ApiConfig['rules'][number];

/** Rules compile, name issuers that the API accepts, and say what they seem to say. */
export function checkRules({ apis }: Config, findings: Findings): void {
  for (const api of apis) {
    const path = ['apis', api.name, 'rules'];
    if (api.rules.length === 0) findings.fault(path, 'is empty, so that nobody may call', anyoneRemedy);
    for (const fault of faultsOf(api.rules)) findings.fault([...path, ...fault.path], fault.reason, fault.remedy);
    api.rules.forEach((rule, index) => {
      checkIssuers(rule, api, [...path, index], findings);
      warnOfWideRule(rule, api, [...path, index], findings);
    });
  }
}

const anyoneRemedy = 'Add rules; [{}] lets everyone call who has a good token.';

function faultsOf(rules: readonly Rule[]): PolicyInvalid['faults'] {
  try {
    compilePolicy(rules);
    return [];
  } catch (error) {
    if (error instanceof PolicyInvalid) return error.faults;
    throw error;
  }
}

/** Two issuers can give out the same client id or subject: either means something only together with its issuer. */
function checkIssuers(rule: Rule, api: ApiConfig, path: (string | number)[], findings: Findings): void {
  rule.issuers?.forEach((name, index) => {
    if (api.accept.includes(name)) return;
    findings.fault(
      [...path, 'issuers', index],
      `${api.name} does not accept "${name}"`,
      `It accepts ${api.accept.join(', ')}.`,
    );
  });
  if ((rule.issuers ?? api.accept).length <= 1) return;
  for (const member of ['clients', 'subjects'] as const) {
    if (rule[member] === undefined) continue;
    const reason = 'could be of several issuers';
    findings.fault([...path, member], reason, 'Name one in `issuers`, and write a rule for each.');
  }
}

function warnOfWideRule(rule: Rule, api: ApiConfig, path: (string | number)[], findings: Findings): void {
  const { methods, ...demands } = rule;
  const isOpen = Object.values(demands).every((demand) => demand === undefined);
  const narrower = api.rules.find((other) => other !== rule && other.methods !== undefined);
  if (isOpen) {
    const covered = methods === undefined ? 'do anything' : methods.join(', ');
    findings.warn(path, `everyone who has a good token may ${covered}`, 'Demand a scope, unless that is meant.');
  } else if (methods === undefined && narrower !== undefined) {
    const reason = `covers ${narrower.methods?.join(', ')} as well: this rule alone is enough for it`;
    findings.warn(path, reason, 'Name its `methods`: rules add up, none takes away.');
  }
}
