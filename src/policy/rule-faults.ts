import { isScopeToken } from '../protocol/scope.ts';
import type { RuleOptions } from './rule-options.ts';

type ReportFault = (path: readonly (string | number)[], reason: string, remedy: string) => void;

const lists = ['methods', 'scopes', 'roles', 'groups', 'clients', 'subjects', 'consumers', 'issuers'] as const;

/** RFC 9110 section 9.1: method names are tokens, and case-sensitive. */
const methodToken = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const standardMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

/** What is wrong with a rule apart from its expression. */
export function ruleFaults(rule: RuleOptions, fault: ReportFault): void {
  for (const name of lists) {
    const list = rule[name];
    if (list === undefined) continue;
    if (list.length === 0) fault([name], 'is empty, so that it can never be met', `Leave \`${name}\` out, or fill it.`);
    if (list.includes('')) fault([name, list.indexOf('')], 'is an empty string', 'Take it out.');
  }
  rule.methods?.forEach((method, index) => {
    checkMethod(method, (reason, remedy) => fault(['methods', index], reason, remedy));
  });
  rule.scopes?.forEach((scope, index) => {
    if (scope === '' || isScopeToken(scope)) return;
    fault(['scopes', index], `${JSON.stringify(scope)} is no scope (RFC 6749 section 3.3)`, splitRemedy);
  });
}

const splitRemedy = 'Write one scope per list entry, without spaces or quotes.';

function checkMethod(method: string, fault: (reason: string, remedy: string) => void): void {
  const upper = method.toUpperCase();
  if (method !== '' && !methodToken.test(method)) {
    fault(`${JSON.stringify(method)} is no HTTP method`, 'Write one method per list entry, such as GET.');
  } else if (method !== upper && standardMethods.has(upper)) {
    fault(`"${method}" never matches: methods are case-sensitive (RFC 9110 section 9.1)`, `Write ${upper}.`);
  }
}
