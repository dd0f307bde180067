import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { rejection } from '../protocol/rejection.ts';
import { celEnvironment, matchInLinearTime } from './cel-environment.ts';
import type { Requirement } from './compiled-policy.ts';
import { findForbidden } from './forbidden-in-cel.ts';
import { GroupsUnknown, principalFacts } from './principal-facts.ts';
import { RequestFacts } from './request-facts.ts';

/** Characters. An expression is a sentence, not a program. */
const maxLength = 4096;

export type CompiledCondition =
  | { readonly ok: true; readonly requirement: Requirement }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };

/** Compiles and type-checks a CEL expression over `principal` and `request`. What it yields must be a bool. */
export function compileCondition(expression: string): CompiledCondition {
  if (expression.length > maxLength) {
    return refused(`is longer than ${maxLength} characters`, 'Shorten it, or split the rule.');
  }
  try {
    const program = celEnvironment.parse(expression);
    const forbidden = findForbidden(program.ast);
    if (forbidden !== undefined) return refusedAt(forbidden.node, forbidden.reason, forbidden.remedy);
    matchInLinearTime(program.ast);
    const { error, type = 'unknown' } = program.check();
    if (error !== undefined) return refusedFor(error);
    if (!/^(bool|dyn(<bool>)?)$/.test(type)) {
      return refused(`yields ${type}, not bool`, 'Compare it with something: a condition is true or false.');
    }
    return { ok: true, requirement: requirementOf(expression, program) };
  } catch (error) {
    return refusedFor(error);
  }
}

const languageRemedy =
  'It is CEL over `principal` (issuer, subject, client, consumer, scopes, roles, groups, audiences, claims, kind, ' +
  'issuedAt, expires) and `request` (method, host, path, query, headers, time).';

function refused(reason: string, remedy: string): CompiledCondition {
  return { ok: false, reason, remedy };
}

function refusedAt(node: Pick<ASTNode, 'start'>, reason: string, remedy: string): CompiledCondition {
  return refused(`${reason} (at character ${node.start + 1})`, remedy);
}

function refusedFor(error: unknown): CompiledCondition {
  const reason = summaryOf(error);
  const range = error instanceof Error && 'range' in error ? (error.range as { start: number } | undefined) : undefined;
  return range === undefined ? refused(reason, languageRemedy) : refusedAt(range, reason, languageRemedy);
}

/**
 * An error at run time, most often a missing claim, is no permission. An error in one half of `||` or `&&` counts
 * only if the other half does not settle the matter (CEL specification, "Logical operators").
 */
function requirementOf(when: string, program: ParseResult): Requirement {
  return (principal, request, now) => {
    try {
      const value: unknown = program({ principal: principalFacts(principal), request: new RequestFacts(request, now) });
      if (value === true) return undefined;
      if (value === false) return rejection('condition_false', { when });
      return rejection('condition_failed', { when, reason: `yielded ${typeof value}, not bool` });
    } catch (error) {
      if (error instanceof GroupsUnknown) return rejection('groups_unknown', { when });
      // The names of the claims there are, never their values: what is missing may be there under another one.
      return rejection('condition_failed', { when, reason: summaryOf(error), present: Object.keys(principal.claims) });
    }
  };
}

/** CEL's errors have a one-line summary besides a message that quotes the expression. */
function summaryOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message;
  return summary.slice(0, 200);
}
